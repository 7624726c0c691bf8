package dev.backstop.cli.report;

import dev.backstop.core.Alert;
import dev.backstop.core.Incident;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Response;
import dev.backstop.core.Routes;
import dev.backstop.core.Step;
import dev.backstop.core.Urgency;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.functions.line.GroupedAlerts;
import dev.backstop.functions.line.IncidentSweep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What people would have heard, by the parts that the deployed functions have for it: in mode enforce, had every plan worked,
 * and the calls that a stopped session made after it been refused.
 */
public final class Heard {
    /** As often as the deployed functions look after the incidents that are open. */
    private static final Duration SWEEP = Duration.ofHours(1);

    /** Every incident is closed by then, unless more is found. */
    private static final Duration LONGEST_OPEN = Duration.ofDays(2);

    private final Map<Urgency, Integer> messages = new EnumMap<>(Urgency.class);
    private final Routes routes;
    private final LocalIncidents incidents = new LocalIncidents(this::now);
    private final GroupedAlerts alerts;
    private final IncidentSweep sweep;
    private Instant now = Instant.EPOCH;
    private Instant sweepAt = Instant.EPOCH;
    private int recorded;

    public Heard(Routes routes) {
        this.routes = routes;
        this.alerts = new GroupedAlerts(this::hear, incidents, routes);
        this.sweep = new IncidentSweep(incidents, new LocalRevocations(), this::hear, this::now);
    }

    /** Takes the next finding in the order of time. */
    public void add(Seen seen) {
        if (seen.stopped().isPresent()) {
            return;
        }
        sweepUntil(seen.at());
        now = seen.at();
        Alert alert = alert(seen);
        recorded += routes.urgency(alert) == Urgency.RECORD ? 1 : 0;
        alerts.send(alert);
    }

    /**
     * {@code 2 pages and 14 notifications, in 5 incidents (whose end is told besides); 30 findings only recorded}.
     */
    public String words() {
        sweepUntil(now.plus(LONGEST_OPEN));
        int open =
                incidents.open().size() + incidents.closedSince(Instant.EPOCH).size();
        return many(messages.getOrDefault(Urgency.PAGE, 0), "page") + " and "
                + many(messages.getOrDefault(Urgency.NOTIFY, 0), "notification") + ", in " + many(open, "incident")
                + (open == 0 ? "; " : " (whose end is told besides); ")
                + many(recorded, "finding") + " only recorded";
    }

    private void sweepUntil(Instant end) {
        while (!incidents.open().isEmpty() && !sweepAt.isAfter(end)) {
            now = sweepAt;
            sweep.run();
            sweepAt = sweepAt.plus(SWEEP);
        }
        if (incidents.open().isEmpty()) {
            sweepAt = end.plus(SWEEP);
        }
    }

    private static String many(int count, String what) {
        return ReportPage.many(count, what);
    }

    private void hear(Alert alert) {
        if (!IncidentSweep.isClosing(alert)) {
            messages.merge(alert.urgency(), 1, Integer::sum);
        }
    }

    private Instant now() {
        return now;
    }

    private Alert alert(Seen seen) {
        List<Outcome> outcomes = new ArrayList<>();
        seen.revert().ifPresent(plan -> outcomes.addAll(ends(seen, Response.REVERT, plan)));
        seen.kill().ifPresent(plan -> outcomes.addAll(ends(seen, Response.REVOKE, plan)));
        return new Alert(
                seen.rule(),
                seen.severity(),
                seen.softened(),
                seen.trigger(),
                seen.session(),
                seen.resource(),
                Mode.ENFORCE,
                outcomes,
                seen.at(),
                Incident.opened(seen.session().id(), seen.at()),
                Urgency.NOTIFY);
    }

    private static List<Outcome> ends(Seen seen, Response response, Plan plan) {
        return switch (plan) {
            case Plan.Refused(String why) -> List.of(end(seen, response, response.word(), Status.REFUSED, why));
            case Plan.Steps(List<Step<?>> steps) ->
                steps.stream()
                        .map(step -> end(
                                seen,
                                response,
                                step.summary(),
                                step.byHand() ? Status.REFUSED : Status.ALREADY_DONE,
                                ""))
                        .toList();
        };
    }

    private static Outcome end(Seen seen, Response response, String step, Status status, String why) {
        return Outcome.unchanged(status, seen.trigger().id(), seen.rule().id(), response, step, why, null);
    }
}
