package dev.backstop.cli.report;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Plan;
import dev.backstop.core.Severity;
import dev.backstop.core.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One finding, in as many words as a page shows of it.
 *
 * @param by the calls that crossed a rule over many, in words
 * @param stopped when the session would have been stopped before
 * @param would what would have been done besides the alert, or why not
 */
record Found(
        Instant at,
        Severity severity,
        String rule,
        String title,
        String call,
        String resource,
        Optional<String> by,
        Optional<Instant> stopped,
        List<String> would) {
    private static final int STEPS = 3;

    static Found of(Seen seen) {
        List<String> would = new ArrayList<>();
        seen.revert().ifPresent(plan -> would.addAll(words("revert", plan)));
        seen.kill().ifPresent(plan -> would.addAll(words("revoke", plan)));
        return new Found(
                seen.at(),
                seen.severity(),
                seen.rule().id(),
                seen.rule().title(),
                Counts.shortened(seen.trigger().call()),
                Counts.shortened(seen.resource().id() + " in " + seen.resource().region()),
                seen.by().map(Counts::shortened),
                seen.stopped(),
                would);
    }

    private static List<String> words(String response, Plan plan) {
        return switch (plan) {
            case Plan.Refused(String why) -> List.of("no " + response + ": " + Counts.shortened(why));
            case Plan.Steps(List<Step<?>> steps) -> {
                List<String> words = new ArrayList<>();
                steps.stream()
                        .limit(STEPS)
                        .forEach(step -> words.add(
                                (step.byHand() ? "for a person" : response) + ": " + Counts.shortened(step.summary())));
                if (steps.size() > STEPS) {
                    words.add(response + ": and " + (steps.size() - STEPS) + " more steps");
                }
                yield words;
            }
        };
    }

    /** Whose session it is, as far as its tags say. */
    static String developer(AgentSession session) {
        return session.developer() != null ? session.developer() : session.ownerKnown() ? "not tagged" : "unknown";
    }
}
