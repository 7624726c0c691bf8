package dev.backstop.cli;

import dev.backstop.cli.report.Seen;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Plan;
import dev.backstop.core.Response;
import dev.backstop.remediations.Revocation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which sessions would have been stopped by when, as findings are told in the order of time. */
final class Stops {
    private final AgentSelector agents;
    private final Map<String, Instant> stopped = new HashMap<>();

    Stops(AgentSelector agents) {
        this.agents = agents;
    }

    /** The next finding, with what would have stopped its session, and when that would have been stopped before. */
    Seen next(Seen seen) {
        String session = Occurrence.subject(seen.session());
        Optional<Instant> before = Optional.ofNullable(stopped.get(session))
                .filter(at ->
                        at.isBefore(seen.at()) && at.plus(AgentSession.LONGEST).isAfter(seen.at()));
        if (before.isPresent()) {
            return seen.refusedSince(before.get());
        }
        Seen whole = seen.with(kill(seen));
        if (whole.stops()) {
            stopped.put(session, seen.at());
        }
        return whole;
    }

    /** What stopping the session would begin with, decided when the call was made; empty where the rule does not ask. */
    private Optional<Plan> kill(Seen seen) {
        return seen.responses().contains(Response.REVOKE.word())
                ? Optional.of(Revocation.revoke(seen.session(), agents, seen.at()))
                : Optional.empty();
    }
}
