package dev.backstop.cli.demo;

import dev.backstop.cli.demo.World.Access;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Outcome;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.functions.line.Answer;
import java.time.Duration;
import java.util.List;

/**
 * One call of the day and what became of it.
 *
 * @param change what the call changed; nothing when it was refused
 * @param lookAlikes the rules that would have matched, had an agent made the call
 * @param before the world before the call
 * @param after the world after the call, before Backstop heard of it
 * @param now the world after Backstop's answers
 * @param took how long all answers took
 */
record Scene(
        CloudTrailRecord record,
        Caller caller,
        Change change,
        Access access,
        List<Answer> answers,
        List<Rule> lookAlikes,
        State before,
        State after,
        State now,
        Duration took) {

    /** Whether there is something to tell: a finding, a refusal, or what would have been a finding of an agent. */
    boolean notable() {
        return !answers.isEmpty() || !lookAlikes.isEmpty() || access == Access.REFUSED;
    }

    /** Whether Backstop was to undo the change. */
    boolean toBeReverted() {
        return change.reversible()
                && answers.stream()
                        .anyMatch(answer -> answer.finding().responses().contains(Response.REVERT));
    }

    /** Whether the caller's session was stopped because of this call. */
    boolean killed() {
        return answers.stream()
                .flatMap(answer -> answer.outcomes().stream())
                .anyMatch(outcome -> outcome.action() == Response.REVOKE
                        && (outcome.status() == Outcome.Status.APPLIED
                                || outcome.status() == Outcome.Status.ALREADY_DONE));
    }
}
