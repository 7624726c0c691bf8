package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * An agent, people and the guard change one security group in every order, and events come late, twice and in the wrong
 * order: in the end nothing that the agent opened is open, and nothing that people made is missing or altered.
 */
class InterleavingsTest {
    private static final int RUNS = 3_000;
    private static final long SEED = 20_261_123;

    private final Map<String, Map<Status, Integer>> seen = new TreeMap<>();

    @Test
    void whateverTheOrderWhatTheAgentOpenedIsClosedAndWhatPeopleMadeIsThere() {
        for (int run = 0; run < RUNS; run++) {
            play(run);
        }
        for (String remediation : List.of("Authorize", "Modify", "Revoke", "Update")) {
            Map<Status, Integer> statuses = seen.getOrDefault(remediation, Map.of());
            for (Status status : List.of(Status.APPLIED, Status.ALREADY_DONE, Status.REFUSED)) {
                assertTrue(
                        statuses.getOrDefault(status, 0) > 50,
                        () -> "too few " + remediation + " " + status + ": " + seen);
            }
        }
    }

    private void play(int run) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + run);
        Tussle tussle = new Tussle(random);
        List<Detection> pending = new ArrayList<>();
        List<Detection> all = new ArrayList<>();
        Map<String, Answer> answers = new HashMap<>();
        for (int turn = random.nextInt(5, 25); turn > 0; turn--) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    List<Detection> found = tussle.agent();
                    pending.addAll(found);
                    all.addAll(found);
                }
                case 1 -> tussle.person();
                default -> deliver(tussle, pending, random, answers);
            }
        }
        while (!pending.isEmpty()) {
            deliver(tussle, pending, random, answers);
        }
        String story = "run " + run + ":\n" + String.join("\n", tussle.story);
        assertEquals(List.of(), tussle.wrongs(), story);
        assertEquals(all.size(), answers.size(), story);
        for (Answer answer : answers.values()) {
            assertTrue(answer.outcomes().size() >= 2 && !answer.failed(), () -> answer + "\n" + story);
            count(answer);
        }
        assertEquals(all.size(), tussle.stage.outbox.alerts().size(), story);
    }

    /** One event that has happened, any of them; some come again. */
    private static void deliver(
            Tussle tussle, List<Detection> pending, RandomGenerator random, Map<String, Answer> answers) {
        if (pending.isEmpty()) {
            return;
        }
        Detection event = pending.get(random.nextInt(pending.size()));
        if (random.nextInt(3) > 0) {
            pending.remove(event);
        }
        List<GroupRule> before = tussle.live();
        Answer answer = responder(tussle).respond(event, "i" + random.nextInt());
        String id = event.record().eventId();
        assertEquals(answers.containsKey(id), answer.duplicate(), id);
        if (answer.duplicate()) {
            assertEquals(before, tussle.live(), "a duplicate of " + id);
        }
        answers.putIfAbsent(id, answer);
        tussle.story.add("guard: " + id + " " + answer.outcomes());
        tussle.guardWrote(before);
    }

    private static Responder responder(Tussle tussle) {
        Stage stage = tussle.stage;
        Line line = new Line(
                _ -> tussle.aws,
                stage.sessions,
                stage.timeline,
                stage.journal,
                stage.controls,
                tussle.history,
                stage.revoker,
                stage.outbox,
                stage.outbox);
        return new Responder(line, AgentSelector.DEFAULT, stage.limits, stage, stage::pass);
    }

    private void count(Answer answer) {
        String call = answer.finding().record().eventName().split("Security")[0];
        for (Outcome outcome : answer.outcomes().subList(0, answer.outcomes().size() - 1)) {
            seen.computeIfAbsent(call, _ -> new EnumMap<>(Status.class)).merge(outcome.status(), 1, Integer::sum);
        }
    }
}
