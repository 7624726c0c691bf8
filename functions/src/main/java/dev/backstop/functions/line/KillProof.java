package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Journal.Claim;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.functions.line.BackstopEvents.Stage;
import dev.backstop.functions.line.BackstopEvents.Why;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the calls of a revoked session: the first that was refused proves the kill, one that still succeeds after minutes
 * refutes it. GetCallerIdentity, which works under an explicit deny, says nothing.
 */
public final class KillProof {
    /** For how long IAM may still be spreading a policy. */
    private static final Duration PROPAGATION = Duration.ofMinutes(5);

    /** How long one page stands for all calls that still succeed. */
    private static final Duration PAGE_EVERY = Duration.ofMinutes(10);

    private final Sessions sessions;
    private final KillSwitch killSwitch;
    private final Journal journal;
    private final AlertChannel alerts;
    private final EventBus bus;
    private final InstantSource clock;
    private final Consumer<ObjectNode> measures;

    /** @param measures takes how long it took from a kill to the first refused call */
    public KillProof(
            Sessions sessions,
            KillSwitch killSwitch,
            Journal journal,
            AlertChannel alerts,
            EventBus bus,
            InstantSource clock,
            Consumer<ObjectNode> measures) {
        this.sessions = sessions;
        this.killSwitch = killSwitch;
        this.journal = journal;
        this.alerts = alerts;
        this.bus = bus;
        this.clock = clock;
        this.measures = measures;
    }

    List<Outcome> weigh(Revoked revoked, CloudTrailRecord record) {
        if (!record.eventTime().isAfter(revoked.at()) || isOfLaterCredentials(revoked, record)) {
            return List.of();
        }
        if (isExplicitlyDenied(record)) {
            return revoked.confirmedAt() == null ? confirm(revoked, record) : List.of();
        }
        boolean succeeded = record.errorCode() == null && !record.call().equals("sts:GetCallerIdentity");
        boolean late = record.eventTime().isAfter(revoked.at().plus(PROPAGATION));
        return succeeded && late ? refute(revoked, record) : List.of();
    }

    private List<Outcome> confirm(Revoked revoked, CloudTrailRecord record) {
        if (!sessions.revocations().confirm(revoked, record.eventTime())) {
            return List.of();
        }
        String sinceCall = revoked.calledAt() == null
                ? ""
                : seconds(revoked.calledAt(), record.eventTime()) + " s after the call that led to it, ";
        Outcome confirmed = new Outcome(
                record.eventId(),
                GuardRules.SESSION_REVOKED.id(),
                Response.REVOKE,
                "stop session " + revoked.session().id(),
                Status.APPLIED,
                null,
                record.call() + " refused",
                true,
                "confirmed: the session's " + record.call() + " was refused, " + sinceCall
                        + seconds(revoked.at(), record.eventTime()) + " s after the kill",
                null);
        tell(revoked, record, Stage.CONFIRMED, GuardRules.SESSION_REVOKED, List.of(confirmed));
        measures.accept(Json.object()
                .put("measure", "refused")
                .put("seconds", seconds(revoked.at(), record.eventTime()))
                .put("session", revoked.session().id()));
        return List.of(confirmed);
    }

    /** The deny is written again, and a person is told; once for all calls of some minutes. */
    private List<Outcome> refute(Revoked revoked, CloudTrailRecord record) {
        long window = record.eventTime().getEpochSecond() / PAGE_EVERY.toSeconds();
        String key = GuardRules.KILL_NOT_EFFECTIVE.id() + "#" + revoked.key() + "#" + window;
        return switch (journal.claim(key, record.eventId(), Duration.ofMinutes(2), Json.object())) {
            case Claim.Done _, Claim.Busy _ -> List.of();
            case Claim.Held _ -> {
                List<Outcome> outcomes = killSwitch.revoke(new Order(
                        revoked.session(),
                        revoked.root(),
                        Mode.ENFORCE,
                        record.eventId(),
                        record.eventTime(),
                        GuardRules.KILL_NOT_EFFECTIVE.id(),
                        record.call() + " succeeded after the session was revoked",
                        revoked.operator()));
                Finding finding = new Finding(GuardRules.KILL_NOT_EFFECTIVE, record, revoked.session());
                alerts.send(Alert.of(finding, Mode.ENFORCE, outcomes, clock.instant()));
                tell(revoked, record, Stage.REFUTED, GuardRules.KILL_NOT_EFFECTIVE, outcomes);
                journal.close(key, outcomes);
                yield outcomes;
            }
        };
    }

    /** Says on the bus that a session was stopped because of another one's kill. */
    void born(AgentSession session, CloudTrailRecord record, String why, String operator, List<Outcome> outcomes) {
        Why cause = new Why(record.eventId(), GuardRules.SESSION_REVOKED.id(), why, operator);
        bus.put(List.of(BackstopEvents.kill(session, Stage.of(outcomes), cause, outcomes)));
    }

    private void tell(Revoked revoked, CloudTrailRecord record, Stage stage, Rule rule, List<Outcome> outcomes) {
        sessions.timeline().keep(revoked.session().id(), TimelineEntry.of(outcomes, clock.instant()));
        Why cause = new Why(record.eventId(), rule.id(), outcomes.getFirst().message(), revoked.operator());
        bus.put(List.of(BackstopEvents.kill(revoked.session(), stage, cause, outcomes)));
    }

    /** Credentials issued after the cut-off are another session's, whatever its name. */
    private static boolean isOfLaterCredentials(Revoked revoked, CloudTrailRecord record) {
        Instant issued = record.caller().issuedAt();
        return issued != null && !issued.isBefore(revoked.cutOff());
    }

    /** An agent is refused much that it was never allowed; IAM says so, and that proves nothing. */
    private static boolean isExplicitlyDenied(CloudTrailRecord record) {
        @Nullable String message = Json.text(record.json(), "errorMessage");
        return record.denied() && (message == null || !message.contains("because no "));
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }
}
