package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.SessionRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link SessionRegistry} does. */
public abstract class SessionRegistryContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    /** The same registry on every call within a test. */
    protected abstract SessionRegistry registry();

    @Test
    protected void findsASessionByItsKeyWithAllThatIsKnown() {
        AgentSession session = session("sess_a", "agent-deploy-role", "ASIA1", TEN, "ASIA0");
        registry().keep(session);

        assertEquals(Optional.of(session), registry().find(seen("agent-deploy-role", "sess_a", "ASIA1")));
    }

    @Test
    protected void knowsNobodyItWasNotTold() {
        registry().keep(session("sess_a", "agent-deploy-role", "ASIA1", TEN, null));

        assertEquals(Optional.empty(), registry().find(seen("agent-deploy-role", "sess_b", "ASIA2")));
        assertEquals(Optional.empty(), registry().find(seen("agent-other-role", "sess_a", "ASIA2")));
        assertEquals(List.of(), registry().withId("sess_b"));
    }

    @Test
    protected void prefersTheKeyToTheName() {
        AgentSession earlier = session("sess_a", "agent-deploy-role", "ASIA1", TEN, null);
        AgentSession later = session("sess_a", "agent-deploy-role", "ASIA2", TEN.plusSeconds(60), null);
        registry().keep(earlier);
        registry().keep(later);

        assertEquals(Optional.of(earlier), registry().find(seen("agent-deploy-role", "sess_a", "ASIA1")));
    }

    @Test
    protected void takesTheLatestOfANameWhereTheKeyIsUnknown() {
        AgentSession earlier = session("sess_a", "agent-deploy-role", "ASIA1", TEN, null);
        AgentSession later = session("sess_a", "agent-deploy-role", "ASIA2", TEN.plusMillis(500), null);
        // Records come in any order.
        registry().keep(later);
        registry().keep(earlier);

        assertEquals(Optional.of(later), registry().find(seen("agent-deploy-role", "sess_a", "ASIA9")));
        assertEquals(Optional.of(later), registry().find(seen("agent-deploy-role", "sess_a", null)));
        assertEquals(Optional.of(earlier), registry().find(seen("agent-deploy-role", "sess_a", "ASIA1")));
        assertEquals(List.of(later, earlier), registry().withId("sess_a"));
    }

    @Test
    protected void keepsASessionOnce() {
        AgentSession first = session("sess_a", "agent-deploy-role", "ASIA1", TEN, null);
        registry().keep(first);
        registry().keep(session("sess_forged", "agent-other-role", "ASIA1", TEN.plusSeconds(9), null));
        registry().keep(first);

        assertEquals(Optional.of(first), registry().find(seen("agent-deploy-role", "sess_a", "ASIA1")));
        assertEquals(List.of(first), registry().withId("sess_a"));
        assertEquals(List.of(), registry().withId("sess_forged"));
        assertEquals(Optional.empty(), registry().find(seen("agent-other-role", "sess_forged", null)));
    }

    @Test
    protected void listsTheSessionsOfAnIdAcrossRolesLatestFirst() {
        AgentSession parent = session("sess_a", "agent-deploy-role", "ASIA1", TEN, null);
        AgentSession child = session("sess_a", "data-reader", "ASIA2", TEN.plusSeconds(60), "ASIA1");
        AgentSession other = session("sess_ab", "agent-deploy-role", "ASIA3", TEN, null);
        List.of(parent, child, other).forEach(registry()::keep);

        assertEquals(List.of(child, parent), registry().withId("sess_a"));
        assertEquals(List.of(other), registry().withId("sess_ab"));
    }

    @Test
    protected void findsTheSessionsThatAKeyAssumed() {
        AgentSession parent = session("sess_a", "agent-deploy-role", "ASIA1", TEN, null);
        AgentSession child = session("sess_a", "data-reader", "ASIA2", TEN.plusSeconds(60), "ASIA1");
        AgentSession later = session("other", "data-writer", "ASIA4", TEN.plusSeconds(90), "ASIA1");
        AgentSession grandchild = session("sess_a", "data-owner", "ASIA3", TEN.plusSeconds(99), "ASIA2");
        List.of(later, parent, grandchild, child).forEach(registry()::keep);

        assertEquals(List.of(later, child), registry().children("ASIA1"));
        assertEquals(List.of(grandchild), registry().children("ASIA2"));
        assertEquals(List.of(), registry().children("ASIA3"));
    }

    @Test
    protected void findsTheSessionsOfASourceIdentityWhateverTheirId() {
        AgentSession one = identified("jordan", "sess_a", "ASIA1", TEN);
        AgentSession two = identified("jordan", "sess_b", "ASIA2", TEN.plusSeconds(1));
        AgentSession other = identified("jordanna", "sess_c", "ASIA3", TEN);
        List.of(one, two, other).forEach(registry()::keep);

        assertEquals(List.of(two, one), registry().withSourceIdentity("jordan"));
        assertEquals(List.of(), registry().withSourceIdentity("sess_a"));
    }

    @Test
    protected void listsTheSessionsSinceAnInstant() {
        AgentSession yesterday = session("sess_y", "agent-deploy-role", "ASIA1", TEN.minusSeconds(86_400), null);
        AgentSession earlier = session("sess_e", "agent-deploy-role", "ASIA2", TEN.minusSeconds(3600), null);
        AgentSession latest = session("sess_l", "agent-deploy-role", "ASIA3", TEN.minusMillis(1), null);
        List.of(latest, yesterday, earlier).forEach(registry()::keep);

        assertEquals(List.of(latest, earlier), registry().since(TEN.minusSeconds(3600)));
        assertEquals(List.of(latest, earlier, yesterday), registry().since(TEN.minusSeconds(86_400)));
        assertEquals(List.of(), registry().since(TEN));
    }

    private static AgentSession identified(String sourceIdentity, String id, String accessKey, Instant startedAt) {
        String arn = "arn:aws:iam::123456789012:role/agents/agent-deploy-role";
        return new AgentSession(
                id, arn, id, "AROA1:" + id, accessKey, sourceIdentity, "ana", "checkout", startedAt, null);
    }

    private static AgentSession session(
            String id, String role, String accessKey, Instant startedAt, @Nullable String parent) {
        String arn = "arn:aws:iam::123456789012:role/agents/" + role;
        String principal = "AROA" + role.hashCode() + ":" + id;
        return new AgentSession(id, arn, id, principal, accessKey, id, "ana", "checkout", startedAt, parent);
    }

    /** A session as a later record shows it. */
    private static AgentSession seen(String role, String name, @Nullable String accessKey) {
        String arn = "arn:aws:iam::123456789012:role/agents/" + role;
        return new AgentSession(name, arn, name, "AROA1:" + name, accessKey, name, null, null, null, null);
    }
}
