package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Check.Topic;
import dev.backstop.core.Json;
import dev.backstop.functions.line.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges a day: every check rests on what was read back, and one without a subject fails. */
final class Verdict {
    private Verdict() {}

    static List<Check> of(Day day) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(ResourceChecks.of(day));
        checks.addAll(SessionChecks.of(day));
        checks.addAll(alerts(day));
        return List.copyOf(checks);
    }

    private static List<Check> alerts(Day day) {
        List<Answer> answers = day.answers();
        int sent = day.outbox().alerts().size();
        boolean one = answers.stream().allMatch(answer -> day.alerts(answer).size() == 1) && sent == answers.size();
        boolean duplicates = !day.again().isEmpty() && day.again().stream().allMatch(Answer::duplicate);
        boolean owners =
                day.outbox().alerts().stream().allMatch(alert -> alert.session().developer() != null);
        boolean outcomes =
                answers.stream().allMatch(answer -> !answer.outcomes().isEmpty() && !answer.failed());
        boolean some = !answers.isEmpty();
        return List.of(
                alert(
                        some && one && duplicates,
                        "one alert for each of " + answers.size() + " findings, also when an event comes twice",
                        sent + " alerts for " + answers.size() + " findings"),
                alert(some && owners, "every alert names the developer who answers for the session", "one does not"),
                alert(
                        some && outcomes && answers.stream().allMatch(answer -> isOnBus(day, answer)),
                        "every finding ended in outcomes, and each of them is an event on the bus",
                        "an outcome is missing or failed"));
    }

    private static Check alert(boolean holds, String says, String found) {
        return Check.that(Topic.ALERTS, holds, says, found);
    }

    /** The finding stands for its alert. */
    private static boolean isOnBus(Day day, Answer answer) {
        long events = day.outbox().events().stream()
                .filter(event -> Set.of("Backstop Finding", "Backstop Outcome").contains(event.detailType()))
                .filter(event -> answer.finding()
                        .key()
                        .equals(Json.text(event.detail(), "eventId") + "#" + Json.text(event.detail(), "rule")))
                .count();
        return events == answer.outcomes().size();
    }
}
