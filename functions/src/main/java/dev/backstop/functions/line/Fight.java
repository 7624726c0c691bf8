package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Breaker;
import dev.backstop.functions.line.Restraint.Verdict;

/**
 * What is done when something changes a resource as often as it is reverted: an agent's session is stopped, so that it
 * cannot spend the limit and then do as it likes; what anything else goes on changing is left as it is.
 */
final class Fight {
    private final Breaker breaker;
    private final int perHour;
    private final boolean ofAgent;
    private final Finding finding;
    private final Kill kill;
    private boolean isNews;

    /**
     * @param perHour how many findings of one hour may have a resource reverted, and of how many sessions after that
     * @param ofAgent whether an agent made the finding's call
     */
    Fight(Breaker breaker, int perHour, boolean ofAgent, Finding finding, Kill kill) {
        this.breaker = breaker;
        this.perHour = perHour;
        this.ofAgent = ofAgent;
        this.finding = finding;
        this.kill = kill;
    }

    /** Of a revert that would be made now, which counts as made. */
    Verdict over(Resource resource) {
        if (lets(resource, finding.key(), perHour)) {
            return Verdict.GO;
        }
        String reverted = resource.id() + " has been reverted " + perHour + " times for calls of this hour";
        if (isEnded(resource, reverted)) {
            return new Verdict(
                    null,
                    words(resource, "ended") + reverted + ", so session "
                            + finding.session().id() + " was revoked before it was once more");
        }
        return new Verdict(
                words(resource, "left") + reverted
                        + ", and something keeps changing it: Backstop leaves it as it is until the"
                        + " next hour; find out what changes it, and stop that first",
                null);
    }

    /** Whether somebody is to be woken: for the first finding of an hour that is left, and for the first that is not. */
    boolean isNews() {
        return isNews;
    }

    /** The sessions have a limit of their own: whatever starts new ones all the time is no agent, and is not stopped so. */
    private boolean isEnded(Resource resource, String reverted) {
        return ofAgent
                && lets(under(resource, "ended"), Occurrence.subject(finding.session()), perHour)
                && kill.stops(finding.rule().title() + ", and " + reverted);
    }

    private String words(Resource resource, String how) {
        boolean first = lets(under(resource, how + "/told"), finding.key(), 1);
        isNews |= first;
        return first ? "a fight: " : "still a fight: ";
    }

    private boolean lets(Resource counted, String what, int limit) {
        return breaker.lets(counted, what, finding.record().eventTime(), limit);
    }

    private static Resource under(Resource resource, String what) {
        return new Resource(resource.type(), resource.id() + "/" + what, resource.region(), resource.account());
    }
}
