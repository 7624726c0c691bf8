package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many kills on one role at the same moment, on a local AWS. */
class ConcurrentKillsTest {
    private static final int KILLS = 50;
    private static final String ROLE = "agent-deploy-role";
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:00Z");

    private final SdkClients clients = MotoServer.fresh().clients();
    private final SdkAws aws = new SdkAws(clients);

    @Test
    void fiftySessionsOfOneRoleAreAllDeniedAndNobodyElse() throws Exception {
        clients.iam().createRole(request -> request.roleName(ROLE)
                .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        Revoker revoker = new Revoker(
                aws,
                new Sessions(new LocalSessionRegistry(), new LocalTimeline(), new LocalRevocations()),
                AgentSelector.DEFAULT,
                InstantSource.fixed(NOW),
                Pause.REAL);
        try (var threads = Executors.newFixedThreadPool(KILLS)) {
            List<Future<List<Outcome>>> kills = IntStream.range(0, KILLS)
                    .mapToObj(number -> threads.submit(() -> revoker.revoke(order(session(number)))))
                    .toList();
            for (Future<List<Outcome>> kill : kills) {
                assertTrue(kill.get().getFirst().contained(), () -> "not denied: " + kill.resultNow());
            }
        }

        assertEquals(KILLS, aws.rolePolicies().names(ROLE).size());
        for (int number = 0; number < KILLS; number++) {
            for (int other : List.of(number, (number + 1) % KILLS)) {
                assertEquals(other == number, denies("BackstopRevoke-sess_" + number, other), number + " and " + other);
            }
        }
    }

    /** What one of the policies means for a session, without the others: moto has no quota, and takes conditions as true. */
    private boolean denies(String policy, int number) {
        LocalRolePolicies alone = new LocalRolePolicies();
        alone.createRole(ROLE);
        alone.put(ROLE, policy, aws.rolePolicies().get(ROLE, policy).orElseThrow());
        String id = "sess_" + number;
        return alone.denies(ROLE, new SessionContext("AROAEXAMPLE:" + id, id, id, NOW.minusSeconds(60)));
    }

    private static Order order(AgentSession session) {
        return new Order(session, session.id(), Mode.ENFORCE, "e-1", null, "a-rule", "for a test", "backstop");
    }

    private static AgentSession session(int number) {
        String id = "sess_" + number;
        return new AgentSession(
                id,
                "arn:aws:iam::123456789012:role/" + ROLE,
                id,
                "AROAEXAMPLE:" + id,
                "ASIA" + number,
                id,
                null,
                null,
                NOW.minusSeconds(60),
                null);
    }
}
