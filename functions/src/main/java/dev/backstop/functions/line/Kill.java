package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.KillSwitch.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kill of one finding's session: made once, by whoever needs it first. */
final class Kill {
    private final KillSwitch killSwitch;
    private final Finding finding;
    private final Mode mode;
    private final @Nullable String obstacle;
    private @Nullable List<Outcome> made;

    /** @param obstacle why nothing may be done; null where nothing stands in the way */
    Kill(KillSwitch killSwitch, Finding finding, Mode mode, @Nullable String obstacle) {
        this.killSwitch = killSwitch;
        this.finding = finding;
        this.mode = mode;
        this.obstacle = obstacle;
    }

    /** Makes it where the rule asks for it. */
    void ifAsked() {
        if (finding.responses().contains(Response.REVOKE)) {
            make(finding.rule().title());
        }
    }

    /** Makes it whatever the rule asks for, and says whether the session is denied, itself at least. */
    boolean stops(String reason) {
        make(reason);
        return outcomes().stream()
                .limit(1)
                .anyMatch(outcome -> outcome.status() == Status.APPLIED || outcome.status() == Status.ALREADY_DONE);
    }

    /** One a session and thing, the session itself first; none while nobody has needed it. */
    List<Outcome> outcomes() {
        return made == null ? List.of() : made;
    }

    private void make(String reason) {
        if (made == null) {
            made = order(reason);
        }
    }

    private List<Outcome> order(String reason) {
        if (obstacle != null) {
            return List.of(undone(Status.REFUSED, obstacle));
        }
        try {
            return killSwitch.revoke(new Order(
                    finding.session(),
                    finding.session().id(),
                    mode,
                    finding.record().eventId(),
                    finding.record().eventTime(),
                    finding.rule().id(),
                    reason,
                    "backstop"));
        } catch (RuntimeException e) {
            return List.of(undone(Status.FAILED, "the kill switch did not answer: " + e.getMessage()));
        }
    }

    private Outcome undone(Status status, String message) {
        String step = "deny session " + finding.session().name() + " everything";
        return Outcome.unchanged(
                status, finding.record().eventId(), finding.rule().id(), Response.REVOKE, step, message, null);
    }
}
