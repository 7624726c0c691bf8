package dev.backstop.cli.oncall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.NotDoneException;
import dev.backstop.cli.account.OwnLine;
import dev.backstop.cli.account.Refusal;
import dev.backstop.cli.account.Stack;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import dev.backstop.functions.line.Announcer;
import dev.backstop.functions.line.OnCall;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.SessionLookup;
import dev.backstop.functions.line.SessionReport;
import dev.backstop.functions.line.Sessions;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.sdk.SdkAws;
import dev.backstop.functions.sdk.SdkRoles;
import dev.backstop.rules.Configuration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/**
 * What the functions do, done here with one's own credentials: with what of the stack is there, and without what is not. It
 * may edit whatever role those credentials may.
 */
public final class DirectDesk implements OnCallDesk {
    /** The longest that a session can live, and some: who was issued before needs no stopping. */
    public static final Duration ALIVE = Duration.ofHours(13);

    /** As far as the event history goes. */
    public static final Duration EVER = Duration.ofDays(90);

    private final OnCall onCall;
    private final SessionReport report;

    private DirectDesk(OnCall onCall, SessionReport report) {
        this.onCall = onCall;
        this.report = report;
    }

    /**
     * Puts everything together.
     *
     * @param back how far to look back in the event history
     * @param notes takes one line for each thing that is not there, and says where a session was found
     */
    public static DirectDesk of(Account account, Configuration configuration, Duration back, Consumer<String> notes) {
        AgentSelector agents = configuration.agents();
        List<String> further = configuration.deployment().regions();
        InstantSource clock = InstantSource.system();
        Stack stack = Stack.asFarAsReached(
                account,
                "; sessions are looked for in CloudTrail's event history, and nothing is written down",
                "; nobody else is told",
                notes);
        SdkRoles roles = new SdkRoles(account.clients().iam());
        AgentRoles agentRoles = new AgentRoles(roles, agents, notes);
        Recollection recollection = new Recollection(
                history(account, further, notes),
                agentRoles,
                agents,
                clock.instant().minus(back));
        OwnSessions own =
                new OwnSessions(new Kept(OwnLine.sessions(stack, clock).orElse(null), notes), recollection, notes);
        Sessions sessions = own.thorough();
        // Who is to be stopped must not wait for a slow search: the rest of it goes on behind the first deny.
        SessionLookup lookup = new SessionLookup(own.quick(agents), roles, agents, clock);
        Revoker revoker = new Revoker(new SdkAws(account.clients()), sessions, everyRole(agents), clock, Pause.REAL);
        EventBus bus = OwnLine.bus(account, notes);
        AlertChannel alerts = stack.topicArn().isPresent()
                ? new Announcer(OwnLine.alerts(account, stack, notes), bus, Letterhead.PLAIN)
                : _ -> {};
        OnCall onCall = new OnCall(revoker, sessions, lookup, alerts, bus, clock, agentRoles);
        SessionLookup thorough = new SessionLookup(sessions.registry(), roles, agents, clock);
        return new DirectDesk(onCall, new SessionReport(sessions, thorough, clock));
    }

    @Override
    public List<Outcome> revoke(ObjectNode request) {
        return done(() -> onCall.revoke(request));
    }

    @Override
    public List<Outcome> restore(ObjectNode request) {
        return done(() -> onCall.restore(request));
    }

    @Override
    public ObjectNode sessions(ObjectNode request) {
        return done(() -> report.answer(request));
    }

    /** What IAM refuses of a step is an outcome; what it refuses of the way there ends here. */
    private static <T> T done(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (SdkException e) {
            throw new NotDoneException("not done with these credentials: " + Refusal.of(e), e);
        }
    }

    /** The same agents, on whatever role. */
    private static AgentSelector everyRole(AgentSelector agents) {
        return new AgentSelector(List.of(""), agents.sourceIdentityPrefixes(), agents.sessionNamePrefixes());
    }

    private static EventHistory history(Account account, List<String> further, Consumer<String> notes) {
        // The calls of global services are recorded there.
        String global = account.partition().equals("aws") ? "us-east-1" : account.region();
        List<String> regions = Stream.concat(Stream.of(account.region(), global), further.stream())
                .distinct()
                .toList();
        return new CloudTrailHistory(
                regions,
                region -> account.clients().in(region).ready(CloudTrailClient.builder()),
                InstantSource.system(),
                Pause.REAL,
                notes);
    }
}
