package dev.backstop.cli.oncall;

import static dev.backstop.cli.oncall.Trail.OTHER;
import static dev.backstop.cli.oncall.Trail.ROLE;
import static dev.backstop.cli.oncall.Trail.TEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.contract.RevocationsContract;
import dev.backstop.core.contract.SessionRegistryContract;
import dev.backstop.core.contract.TimelineContract;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import dev.backstop.functions.line.Sessions;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Sessions of the table, and of the event history where the table does not know them or there is none. */
class OwnSessionsTest {
    private static final String NO_REQUEST = "\"requestParameters\":null,\"responseElements\":null";

    private final Sessions table =
            new Sessions(new LocalSessionRegistry(), new LocalTimeline(), new LocalRevocations());
    private final Trail trail = new Trail();
    private final LocalRoles roles = new LocalRoles();
    private final List<String> notes = new ArrayList<>();

    OwnSessionsTest() {
        roles.create(new Role(ROLE, "AROADEPLOY"));
    }

    @Test
    void whatTheTableKnowsIsNotLookedForElsewhere() {
        AgentSession session = session("sess_1", "ASIA1");
        table.registry().keep(session);
        Sessions own = own(table).thorough();

        assertEquals(List.of(session), own.registry().withId("sess_1"));
        assertEquals(List.of(), own.registry().children("ASIA1"));
        assertEquals(List.of(), own.timeline().created("sess_1"));
        assertEquals(List.of(session), own.registry().since(TEN));
        assertEquals(0, trail.questions);
        assertEquals(List.of(), notes);
    }

    @Test
    void whatTheTableDoesNotKnowIsFoundInTheHistoryAndSaid() {
        trail.issued(ROLE, "sess_1", "sess_1", "ASIA1", "ASIAVENDOR", TEN);
        trail.issued(OTHER, "hop", "sess_1", "ASIAHOP", "ASIA1", TEN);
        trail.call(ROLE, "sess_1", "sess_1", "ASIA1", "ec2:DescribeInstances", NO_REQUEST, TEN);
        Sessions own = own(table).thorough();

        assertEquals("jordan", own.registry().withId("sess_1").getFirst().developer());
        assertEquals("hop", own.registry().children("ASIA1").getFirst().name());
        // The issue, the call, and the hop.
        assertEquals(3, own.timeline().of("sess_1").size());
        assertTrue(notes.contains("sess_1: found in CloudTrail's event history"), notes::toString);
        assertEquals(List.of(), own.registry().since(TEN), "the table's list is the list");
        assertEquals(1, own(null).thorough().registry().since(TEN).size());
    }

    @Test
    void aTableThatRefusesIsAskedAgainAndMemoryKeepsWhatItDoesNotTake() {
        Calls calls =
                new Calls(DynamoDbException.builder().message("no PutItem").build());
        Sessions own = own(calls.failing()).thorough();

        own.revocations().keep(revoked());
        assertEquals(List.of(revoked()), own.revocations().all());
        assertEquals(2, calls.made);
        assertTrue(notes.getFirst().startsWith("the table backstop takes no note of this"), notes::toString);
        assertTrue(notes.getLast().startsWith("the table backstop cannot be read"), notes::toString);
    }

    @Test
    void aTableThatDoesNotAnswerIsNotWaitedForTwice() {
        Calls calls = new Calls(SdkClientException.create("timed out"));
        Sessions own = own(calls.failing()).thorough();

        own.revocations().keep(revoked());
        assertEquals(List.of(revoked()), own.revocations().all());
        assertEquals(1, calls.made);
        assertEquals(1, notes.size(), notes::toString);
    }

    @Test
    void theQuickOnesAskTheHistoryOnlyWhereNothingElseWillDo() {
        trail.issued(ROLE, "worker", "sess_1", "ASIA1", "ASIAVENDOR", TEN);
        SessionRegistry quick = own(null).quick(AgentSelector.DEFAULT);

        assertTrue(quick.find(session("worker", null)).isEmpty(), "name and role say enough");
        assertEquals(0, trail.questions);
        assertEquals(List.of(), quick.withId("sess_1"), "a session's own id says enough");
        assertEquals(List.of(), quick.withSourceIdentity("sess_1"));
        assertEquals(2, trail.questions, "by name alone");
        assertEquals("sess_1", quick.find(session("", "ASIA1")).orElseThrow().id());
        trail.issued(ROLE, "ci-7", "jordan", "ASIA2", "ASIAVENDOR", TEN);
        assertEquals("ci-7", quick.withSourceIdentity("jordan").getFirst().name());
    }

    private OwnSessions own(@Nullable Sessions kept) {
        AgentRoles agentRoles = new AgentRoles(roles, AgentSelector.DEFAULT, notes::add);
        Recollection recollection = new Recollection(trail, agentRoles, AgentSelector.DEFAULT, TEN.minusSeconds(3600));
        return new OwnSessions(new Kept(kept, notes::add), recollection, notes::add);
    }

    private static AgentSession session(String name, @Nullable String key) {
        return new AgentSession(name, ROLE, name, "AROADEPLOY:" + name, key, null, null, null, TEN, null);
    }

    private static Revoked revoked() {
        return new Revoked(session("sess_1", "ASIA1"), "sess_1", TEN, TEN, null, "r", "maria", null, List.of());
    }

    /** A table of which every call fails, and how often it was called. */
    private static final class Calls {
        private final SdkException error;
        private int made;

        Calls(SdkException error) {
            this.error = error;
        }

        Sessions failing() {
            return new Sessions(failing(SessionRegistry.class), failing(Timeline.class), failing(Revocations.class));
        }

        private <T> T failing(Class<T> port) {
            return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, _, _) -> {
                made++;
                throw error;
            }));
        }
    }

    /** Without a table they are a registry like any other. */
    @Nested
    class WithoutATable extends SessionRegistryContract {
        private final SessionRegistry registry = own(null).thorough().registry();

        @Override
        protected SessionRegistry registry() {
            return registry;
        }
    }

    @Nested
    class WithATable extends SessionRegistryContract {
        private final SessionRegistry registry = own(table).thorough().registry();

        @Override
        protected SessionRegistry registry() {
            return registry;
        }
    }

    @Nested
    class Doings extends TimelineContract {
        private final Timeline timeline = own(table).thorough().timeline();

        @Override
        protected Timeline timeline() {
            return timeline;
        }
    }

    @Nested
    class Denied extends RevocationsContract {
        private final Revocations revocations = own(table).thorough().revocations();

        @Override
        protected Revocations revocations() {
            return revocations;
        }
    }
}
