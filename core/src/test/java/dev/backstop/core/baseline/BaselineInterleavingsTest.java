package dev.backstop.core.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.PriorState;
import dev.backstop.core.baseline.Change.By;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * People, agents and the guard change one group in every order, while others look at it at any moment: what the baseline says
 * that a rule was before a call to be undone is what people wanted it to be, or it says nothing.
 */
class BaselineInterleavingsTest {
    private static final int RUNS = 10_000;
    private static final long SEED = 20_261_125;

    private int asked;
    private int answered;
    private int afterAnother;

    @Test
    void whatIsSaidOfARuleIsWhatPeopleWantedItToBe() {
        for (int run = 0; run < RUNS; run++) {
            play(run);
        }
        assertTrue(answered > asked / 3, "answered " + answered + " of " + asked);
        assertTrue(afterAnother > 1_000, "answered while another call was to be undone: " + afterAnother);
    }

    private void play(int run) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + run);
        WatchedGroup group = new WatchedGroup(random);
        Map<String, String> pending = new HashMap<>();
        Map<String, String> answers = new HashMap<>();
        for (int turn = random.nextInt(10, 40); turn > 0; turn--) {
            group.pass(random.nextBoolean() ? 1_500 : 30_000);
            String rule = group.anyRule();
            switch (random.nextInt(6)) {
                case 0 -> counts(group, rule, By.PERSON, random, pending);
                case 1 -> counts(group, rule, By.AGENT, random, pending);
                case 2 -> {
                    String made = random.nextInt(4) == 0 ? null : group.fresh();
                    Change call = group.call(rule, made, By.AGENT, true);
                    String said = ask(run, group, call, rule, pending);
                    if (said != null) {
                        pending.put(rule, made == null ? "" : made);
                        answers.put(rule, said);
                    }
                }
                case 3 -> undo(group, pending, answers, random);
                default -> group.look();
            }
        }
    }

    private static void counts(
            WatchedGroup group, String rule, By by, RandomGenerator random, Map<String, String> pending) {
        String value = random.nextInt(5) == 0 ? null : group.fresh();
        group.call(rule, value, by, false);
        group.wanted.put(rule, value == null ? "" : value);
        pending.remove(rule);
    }

    private String ask(int run, WatchedGroup group, Change call, String rule, Map<String, String> pending) {
        JsonNode state = new Baseline(group.captures, group.changes)
                .before(call.at(), call.eventId())
                .map(PriorState::configuration)
                .orElse(null);
        for (String other : group.rules()) {
            String said = WatchedGroup.said(state, other);
            if (said != null) {
                assertEquals(
                        group.wanted.getOrDefault(other, ""),
                        said,
                        () -> other + " before " + call + " in run " + run + ":\n" + String.join("\n", group.story));
            }
        }
        String said = WatchedGroup.said(state, rule);
        asked++;
        answered += said == null ? 0 : 1;
        afterAnother += said != null && pending.containsKey(rule) ? 1 : 0;
        return said;
    }

    /** As a step does it: what is no longer as the call made it is left alone. */
    private static void undo(
            WatchedGroup group, Map<String, String> pending, Map<String, String> answers, RandomGenerator random) {
        if (pending.isEmpty()) {
            return;
        }
        String rule = pending.keySet().stream()
                .sorted()
                .skip(random.nextInt(pending.size()))
                .findFirst()
                .orElseThrow();
        String live = group.live(rule);
        if (pending.remove(rule).equals(live == null ? "" : live)) {
            group.call(rule, answers.get(rule), By.GUARD, false);
        }
    }
}
