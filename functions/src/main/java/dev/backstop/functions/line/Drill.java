package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Canary;
import dev.backstop.core.port.Canary.CanarySession;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves the kill switch on itself: opens two sessions of the canary role, kills one by the same way that a rule would,
 * waits until IAM refuses it, sees that the other goes on, and lets the first go on again.
 */
public final class Drill {
    /** IAM promises no figure; a kill that took longer is of no use against an agent. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Canary canary;
    private final KillSwitch killSwitch;
    private final Release release;
    private final AlertChannel alerts;
    private final EventBus bus;
    private final InstantSource clock;
    private final Pause pause;

    public Drill(
            Canary canary,
            KillSwitch killSwitch,
            Release release,
            AlertChannel alerts,
            EventBus bus,
            InstantSource clock,
            Pause pause) {
        this.canary = canary;
        this.killSwitch = killSwitch;
        this.release = release;
        this.alerts = alerts;
        this.bus = bus;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Drills once. People are alerted when it fails, and only then.
     *
     * @param reference eight characters or so that no other drill has
     */
    public DrillResult run(String reference) {
        String id = "sess_drill-" + reference;
        CanarySession killed = canary.open(id);
        CanarySession other = canary.open(id + "-other");
        DrillResult result = drill(killed, other, reference);
        bus.put(List.of(BackstopEvents.drill(result)));
        if (!result.passed()) {
            alert(killed.session(), result, reference);
        }
        return result;
    }

    private DrillResult drill(CanarySession killed, CanarySession other, String reference) {
        // A role is as eventually consistent as its policies.
        if (await(killed, true) == null || await(other, true) == null) {
            return new DrillResult(
                    killed.session().id(), null, null, false, "a canary session could not make its call");
        }
        Duration refused;
        boolean othersGoOn;
        List<Outcome> denied;
        List<Outcome> lifted;
        try {
            denied = killSwitch.revoke(order(killed.session(), reference));
            refused = await(killed, false);
            othersGoOn = other.call();
        } finally {
            lifted = release.release(killed.session().id(), reference);
        }
        Duration again = refused == null ? null : await(killed, true);
        String failure = failure(denied, refused, othersGoOn, lifted, again);
        return new DrillResult(killed.session().id(), refused, again, othersGoOn, failure);
    }

    private static @Nullable String failure(
            List<Outcome> denied,
            @Nullable Duration refused,
            boolean othersGoOn,
            List<Outcome> lifted,
            @Nullable Duration again) {
        if (refused == null) {
            return "the killed session was still let through after " + PATIENCE.toSeconds() + " s: "
                    + denied.stream().map(Outcome::message).toList();
        }
        if (!othersGoOn) {
            return "another session of the role was refused too";
        }
        return again == null
                ? "the restored session was still refused after " + PATIENCE.toSeconds() + " s: "
                        + lifted.stream().map(Outcome::message).toList()
                : null;
    }

    /** How long it took until calls of a session went that way; null when they did not. */
    private @Nullable Duration await(CanarySession session, boolean allowed) {
        Instant start = clock.instant();
        for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(BETWEEN_LOOKS)) {
            if (session.call() == allowed) {
                return Duration.between(start, clock.instant());
            }
            pause.of(BETWEEN_LOOKS);
        }
        return null;
    }

    private Order order(AgentSession session, String reference) {
        return new Order(
                session,
                session.id(),
                Mode.ENFORCE,
                "drill-" + reference,
                clock.instant(),
                "drill",
                "a drill of the kill switch",
                "backstop-drill");
    }

    private void alert(AgentSession session, DrillResult result, String reference) {
        Outcome outcome = Outcome.unchanged(
                Status.FAILED,
                "drill-" + reference,
                GuardRules.DRILL_FAILED.id(),
                Response.REVOKE,
                "kill and restore canary session " + session.id(),
                String.valueOf(result.failure()),
                "./backstop drill");
        alerts.send(GuardRules.alert(
                GuardRules.DRILL_FAILED,
                "drill-" + reference,
                "backstop:drill",
                session,
                List.of(outcome),
                clock.instant()));
    }
}
