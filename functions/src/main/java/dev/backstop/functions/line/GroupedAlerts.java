package dev.backstop.functions.line;

import dev.backstop.core.Alert;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Routes;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Counted;

/**
 * The way all alerts go: decides how urgent each is, counts it in its incident, and passes on what people are to hear of now.
 * It is written down as told only after it was: who crashes in between tells again.
 */
public record GroupedAlerts(AlertChannel people, Incidents incidents, Routes routes) implements AlertChannel {
    @Override
    public void send(Alert alert) {
        // What is urgent whatever its severity, a fight for example, comes so.
        Urgency urgency = alert.urgency() == Urgency.PAGE ? Urgency.PAGE : routes.urgency(alert);
        Alert urgent = alert.urgent(urgency);
        if (isNotice(alert)) {
            people.send(incidents
                    .current(Occurrence.subject(alert.session()))
                    .map(urgent::within)
                    .orElse(urgent));
            return;
        }
        if (urgency == Urgency.RECORD) {
            return;
        }
        // That a kill does not hold is said every time: KillProof sees to it that it is not said of every call.
        boolean always = alert.containmentFailed()
                || alert.urgency() == Urgency.PAGE
                || alert.rule().equals(GuardRules.KILL_NOT_EFFECTIVE);
        Occurrence occurrence = Occurrence.of(urgent, always);
        switch (incidents.count(occurrence)) {
            case Counted.Quiet() -> {}
            case Counted.Tell tell -> {
                people.send(urgent.within(tell.incident()));
                incidents.told(occurrence, tell);
            }
        }
    }

    /** What a person asked for, or Backstop did by itself, is no finding: it joins an incident and opens none. */
    private static boolean isNotice(Alert alert) {
        return alert.trigger().call().startsWith("backstop:");
    }
}
