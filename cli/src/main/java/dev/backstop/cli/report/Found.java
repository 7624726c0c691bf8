package dev.backstop.cli.report;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Finding;
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
 * @param would what would have been done besides the alert, or why not
 */
record Found(
        Instant at, Severity severity, String rule, String title, String call, String resource, List<String> would) {
    private static final int STEPS = 3;

    static Found of(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        List<String> would = new ArrayList<>();
        revert.ifPresent(plan -> would.addAll(words("revert", plan)));
        kill.ifPresent(plan -> would.addAll(words("revoke", plan)));
        return new Found(
                finding.record().eventTime(),
                finding.severity(),
                finding.rule().id(),
                finding.rule().title(),
                Counts.shortened(finding.record().call()),
                Counts.shortened(
                        finding.resource().id() + " in " + finding.resource().region()),
                would);
    }

    private static List<String> words(String response, Plan plan) {
        return switch (plan) {
            case Plan.Refused(String why) -> List.of("no " + response + ": " + Counts.shortened(why));
            case Plan.Steps(List<Step<?>> steps) -> {
                List<String> words = new ArrayList<>();
                steps.stream()
                        .limit(STEPS)
                        .forEach(step -> words.add(response + ": " + Counts.shortened(step.summary())));
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
