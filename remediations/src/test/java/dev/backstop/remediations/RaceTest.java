package dev.backstop.remediations;

import static dev.backstop.remediations.RoleStage.NOW;
import static dev.backstop.remediations.RoleStage.ROLE;
import static dev.backstop.remediations.RoleStage.vended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.RolePolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many kills and releases on one role at once: no deny is lost, whoever writes when, and the quota is kept. */
class RaceTest {
    private static final int AT_ONCE = 16;

    private final RoleStage stage = new RoleStage();
    private final Watched watched = new Watched(stage.role);

    @Test
    void twoHundredKilledAtOnceAreAllDeniedByNameAndNobodyElseIs() throws Exception {
        List<AgentSession> killed = sessions("sess_%08d", 200);
        all(killed.stream().map(this::kill).toList());

        assertEquals(killed, killed.stream().filter(this::denied).toList());
        assertFalse(stage.names().contains(DenyPolicyDocument.ROLE), "no last resort was needed");
        assertFalse(denied(vended("sess_bystander")));
    }

    @Test
    void twoHundredThatHaveNoRoomByNameAreAllDeniedWithTheRole() throws Exception {
        List<AgentSession> killed = sessions("%064d", 200);
        all(killed.stream().map(this::kill).toList());

        assertEquals(killed, killed.stream().filter(this::denied).toList());
        assertTrue(stage.names().contains(DenyPolicyDocument.ROLE), "200 names of 64 characters cannot all fit");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void killsAndReleasesAtOnceEachHaveTheirWay(long seed) throws Exception {
        List<AgentSession> before = sessions("before-%03d", 70);
        for (int i = 0; i < before.size(); i++) {
            stage.kill(before.get(i), NOW.minus(Duration.ofMinutes(600 - 5L * i)));
        }
        watched.denied.addAll(before);
        List<AgentSession> released = new ArrayList<>(before.subList(10, 45));
        List<AgentSession> killed = sessions("after-%03d", 60);
        Collections.shuffle(released, new Random(seed));
        List<Callable<Comparison>> work =
                new ArrayList<>(killed.stream().map(this::kill).toList());
        work.add(4, () -> oneAfterTheOther(released));
        all(work);

        assertEquals(List.of(), released.stream().filter(this::denied).toList(), "released, and yet denied");
        assertEquals(killed, killed.stream().filter(this::denied).toList());
        List<AgentSession> others =
                before.stream().filter(session -> !released.contains(session)).toList();
        assertEquals(others, others.stream().filter(this::denied).toList());
    }

    private static List<AgentSession> sessions(String format, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> vended(format.formatted(i)))
                .toList();
    }

    private boolean denied(AgentSession session) {
        return stage.denied(session.name(), NOW.minus(Duration.ofHours(11)));
    }

    private Callable<Comparison> kill(AgentSession session) {
        return () -> {
            Comparison done = RoleStage.run(
                    RoleStage.step(Revocation.revoke(session, AgentSelector.DEFAULT, NOW)), RoleStage.over(watched));
            watched.denied.add(session);
            return done;
        };
    }

    private Callable<Comparison> lift(AgentSession session) {
        return () -> {
            watched.denied.remove(session);
            return RoleStage.run(Revocation.restore(RoleStage.revoked(session, NOW), NOW), RoleStage.over(watched));
        };
    }

    /** As a person does it who lets several sessions go on. */
    private Comparison oneAfterTheOther(List<AgentSession> released) throws Exception {
        Comparison last = new Comparison.NothingLeft("nothing to release");
        for (AgentSession session : released) {
            last = assertInstanceOf(Comparison.NothingLeft.class, lift(session).call());
        }
        return last;
    }

    /** Runs them with as many threads as Lambda might have instances, and demands that each ends with nothing left. */
    private static void all(List<Callable<Comparison>> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Comparison>> running = work.stream()
                    .map(each -> threads.submit(() -> {
                        start.await();
                        return each.call();
                    }))
                    .toList();
            start.countDown();
            for (Future<Comparison> each : running) {
                assertInstanceOf(Comparison.NothingLeft.class, each.get());
            }
        }
    }

    /** Lets the threads overtake each other at every call, and looks after every write. */
    private static final class Watched implements RolePolicies {
        private final LocalRolePolicies real;
        private final Set<AgentSession> denied = ConcurrentHashMap.newKeySet();

        Watched(LocalRolePolicies real) {
            this.real = real;
        }

        @Override
        public Optional<String> get(String roleName, String policyName) {
            Thread.yield();
            return real.get(roleName, policyName);
        }

        @Override
        public Set<String> names(String roleName) {
            Thread.yield();
            return real.names(roleName);
        }

        @Override
        public void put(String roleName, String policyName, String document) {
            Thread.yield();
            synchronized (this) {
                List<AgentSession> until = List.copyOf(denied);
                real.put(roleName, policyName, document);
                look(until, "put " + policyName);
            }
        }

        @Override
        public boolean delete(String roleName, String policyName) {
            Thread.yield();
            synchronized (this) {
                List<AgentSession> until = List.copyOf(denied);
                boolean deleted = real.delete(roleName, policyName);
                look(until, "delete " + policyName);
                return deleted;
            }
        }

        /** Those who are being released meanwhile may be either. */
        private void look(List<AgentSession> until, String write) {
            assertTrue(real.used(ROLE) <= QUOTA, write);
            for (AgentSession session : until) {
                boolean still = real.denies(
                        ROLE,
                        new SessionContext(
                                RoleStage.AROA + ":" + session.name(), null, null, NOW.minus(Duration.ofHours(11))));
                assertTrue(still || !denied.contains(session), () -> session.name() + " is released by " + write);
            }
        }
    }
}
