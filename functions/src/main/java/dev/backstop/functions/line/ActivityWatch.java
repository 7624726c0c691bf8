package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.ExemptTag;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.SetTag;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.UserIdentity;
import dev.backstop.core.port.ForgedTags;
import dev.backstop.core.port.ForgedTags.Forged;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees every management call of agents: keeps who they are and what they do, stops those that are born of a revoked
 * session, and watches whether a kill holds.
 */
public final class ActivityWatch {
    private final Sessions sessions;
    private final AgentSelector agents;
    private final KillSwitch killSwitch;
    private final KillProof proof;
    private final ForgedTags forgedTags;
    private final WindowWatch windows;
    private final RecentlyRead recently;

    public ActivityWatch(
            Sessions sessions,
            AgentSelector agents,
            KillSwitch killSwitch,
            KillProof proof,
            ForgedTags forgedTags,
            WindowWatch windows,
            InstantSource clock) {
        this.sessions = sessions;
        this.agents = agents;
        this.killSwitch = killSwitch;
        this.proof = proof;
        this.forgedTags = forgedTags;
        this.windows = windows;
        this.recently = new RecentlyRead(sessions, clock);
    }

    /**
     * Sees one record of an agent; again for the same record changes nothing.
     *
     * @return what was done about it; empty for almost all
     */
    public List<Outcome> see(CloudTrailRecord record) {
        return see(record, _ -> {});
    }

    /** Weighs the calls that were seen and count; see {@link WindowWatch#weigh}. */
    public void weigh(List<Counted> calls) {
        windows.weigh(calls);
    }

    /**
     * The same.
     *
     * @param counted takes the call when it counts in some window, to be weighed with the others of its batch
     */
    public List<Outcome> see(CloudTrailRecord record, Consumer<Counted> counted) {
        Optional<AgentSession> issued = IssuedSession.of(record, agents);
        // Every ten minutes one would be all that a list of the latest sessions shows.
        boolean opensHeartbeat = issued.filter(Heartbeat::isOf).isPresent() && !agents.selects(record.caller());
        if (Heartbeat.made(record) || opensHeartbeat) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        issued.ifPresent(session -> outcomes.addAll(issued(session, record)));
        AgentSession seen = agents.session(record);
        Optional<AgentSession> known = recently.session(seen);
        if (known.isEmpty() && !agents.selects(record.caller())) {
            return outcomes;
        }
        AgentSession caller = known.orElse(seen);
        TimelineEntry entry = windows.marked(record);
        sessions.timeline().keep(caller.id(), List.of(entry));
        SetTag.of(record, ExemptTag.KEY)
                .forEach(tag -> forgedTags.keep(record.account(), new Forged(tag, caller.id(), record.eventTime())));
        // What a revoked session has made is cut off at once; the list may then not be some seconds old.
        List<Revoked> all = entry.created() == null
                ? recently.revoked()
                : sessions.revocations().all();
        Optional<Revoked> revoked =
                all.stream().filter(each -> each.covers(caller)).findFirst();
        if (revoked.isPresent()) {
            if (entry.created() != null) {
                outcomes.addAll(kill(
                        caller,
                        revoked.get(),
                        record,
                        "it made " + entry.created().words()));
            }
            outcomes.addAll(proof.weigh(revoked.get(), record));
        } else if (!entry.countsIn().isEmpty()) {
            // What a stopped session still tries is the kill's own doing, and says nothing new.
            counted.accept(new Counted(caller, entry));
        }
        return outcomes;
    }

    /** Kept first, read after: whoever kills at the same moment writes first and looks for children after. */
    private List<Outcome> issued(AgentSession issued, CloudTrailRecord record) {
        sessions.registry().keep(issued);
        sessions.timeline().keep(issued.id(), List.of(TimelineEntry.of(record)));
        for (Revoked revoked : sessions.revocations().all()) {
            Optional<String> why = followed(revoked, issued, record.caller());
            if (why.isPresent()) {
                return kill(issued, revoked, record, why.get());
            }
        }
        return List.of();
    }

    /** Why a session is stopped because another is, or the whole role of whoever called; empty where it is not. */
    private static Optional<String> followed(Revoked revoked, AgentSession issued, UserIdentity caller) {
        AgentSession stopped = revoked.session();
        if (revoked.bore(issued)) {
            return Optional.of("its credentials were issued to the revoked session " + stopped.id());
        }
        if (revoked.isAgain(issued)) {
            return Optional.of("the session is revoked, and its id was used for new credentials");
        }
        boolean reachedOn = stopped.isEveryone()
                && stopped.roleArn().equals(caller.issuerArn())
                && !stopped.roleArn().equals(issued.roleArn())
                && (caller.issuedAt() == null || caller.issuedAt().isBefore(revoked.cutOff()));
        return reachedOn
                ? Optional.of("its credentials were issued to a session of role " + stopped.roleName()
                        + ", all of which are revoked")
                : Optional.empty();
    }

    private List<Outcome> kill(AgentSession session, Revoked cause, CloudTrailRecord record, String why) {
        List<Outcome> outcomes = killSwitch.revoke(new Order(
                session,
                cause.root(),
                Mode.ENFORCE,
                record.eventId(),
                record.eventTime(),
                GuardRules.SESSION_REVOKED.id(),
                why,
                cause.operator()));
        proof.born(session, record, why, cause.operator(), outcomes);
        return outcomes;
    }
}
