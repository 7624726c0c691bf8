package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.RevertLimits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        ContestedGroup group = new ContestedGroup(random);
        AgentMoves agent = new AgentMoves(group);
        PeoplesMoves people = new PeoplesMoves(group);
        for (int rule = random.nextInt(1, 5); rule > 0; rule--) {
            people.adds();
        }
        List<Detection> pending = new ArrayList<>();
        List<Detection> all = new ArrayList<>();
        Map<String, Answer> answers = new HashMap<>();
        for (int turn = random.nextInt(5, 25); turn > 0; turn--) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    Optional<Detection> found = agent.move();
                    found.ifPresent(pending::add);
                    found.ifPresent(all::add);
                }
                case 1 -> people.move();
                default -> deliver(group, pending, random, answers);
            }
        }
        while (!pending.isEmpty()) {
            deliver(group, pending, random, answers);
        }
        String story = "run " + run + ":\n" + String.join("\n", group.story);
        assertEquals(List.of(), group.wrongs(), story);
        assertEquals(all.size(), answers.size(), story);
        for (Answer answer : answers.values()) {
            assertTrue(answer.outcomes().size() >= 2 && !answer.failed(), () -> answer + "\n" + story);
            count(answer);
        }
        assertEquals(all.size(), group.stage.outbox.alerts().size(), story);
    }

    /** One event that has happened, any of them; some come again. */
    private static void deliver(
            ContestedGroup group, List<Detection> pending, RandomGenerator random, Map<String, Answer> answers) {
        if (pending.isEmpty()) {
            return;
        }
        Detection event = pending.get(random.nextInt(pending.size()));
        if (random.nextInt(3) > 0) {
            pending.remove(event);
        }
        List<GroupRule> before = group.live();
        Answer answer = responder(group).respond(event, "i" + random.nextInt());
        String id = event.record().eventId();
        assertEquals(answers.containsKey(id), answer.duplicate(), id);
        if (answer.duplicate()) {
            assertEquals(before, group.live(), "a duplicate of " + id);
        }
        answers.putIfAbsent(id, answer);
        group.story.add("guard: " + id + " " + answer.outcomes());
        group.guardWrote(before);
    }

    /** Here agents and people change one group far more often than the breaker would have it. */
    private static final RevertLimits ENDLESS = new RevertLimits(1000, false);

    private static Responder responder(ContestedGroup group) {
        Stage stage = group.stage;
        Line line = new Line(
                _ -> group.aws,
                stage.sessions,
                stage.timeline,
                stage.journal,
                stage.controls,
                group.history,
                stage.revoker,
                _ -> List.of(),
                stage.restraints,
                stage.outbox,
                stage.outbox);
        return new Responder(line, AgentSelector.DEFAULT, stage.limits.with(ENDLESS), stage, stage::pass);
    }

    private void count(Answer answer) {
        String call = answer.finding().record().eventName().split("Security")[0];
        for (Outcome outcome : answer.outcomes().subList(0, answer.outcomes().size() - 1)) {
            seen.computeIfAbsent(call, _ -> new EnumMap<>(Status.class)).merge(outcome.status(), 1, Integer::sum);
        }
    }
}
