package dev.backstop.remediations;

import static dev.backstop.remediations.RoleStage.AROA;
import static dev.backstop.remediations.RoleStage.ROLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSession;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.remediations.PolicyWrite.Delete;
import dev.backstop.remediations.PolicyWrite.Put;
import dev.backstop.remediations.PolicyWrite.Replace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Over thousands of roles: after every write the quota is kept, and nobody who was denied is not. */
class RoomPlanPropertyTest {
    private static final int ROLES = 1_000;

    @Test
    void oneMoreIsDeniedAndNobodyIsReleased() {
        int written = 0;
        int lastResorts = 0;
        for (long seed = 0; seed < ROLES; seed++) {
            Role role = new Role(seed);
            AgentSession killed = role.random.session();
            role.remember(killed);
            Optional<List<PolicyWrite>> plan = role.plan(killed);
            written += plan.filter(List::isEmpty).isPresent() ? 0 : 1;
            for (int i = 0; i < 9 && !plan.filter(List::isEmpty).isPresent(); i++) {
                if (plan.isEmpty()) {
                    lastResorts++;
                    assertTrue(role.single() < 900, () -> "too early a last resort: " + role);
                    plan = RoomPlan.denyEveryone(role.layout(), role.now, role.list);
                }
                if (plan.isEmpty()) {
                    role.assertFullOfWhatIsNotOurs();
                    break;
                }
                role.carryOut(plan.get());
                plan = role.plan(killed);
            }
            assertTrue(plan.isEmpty() || plan.get().isEmpty(), () -> "there is always more to do: " + role);
            assertTrue(plan.isEmpty() || role.denies(userId(killed), role.now.minusNanos(1)), role::toString);
        }
        assertTrue(written > ROLES / 2, "most roles had something to write: " + written);
        assertTrue(lastResorts > 0, "the last resort was seen");
    }

    @Test
    void everyoneIsDeniedAndNobodyIsReleased() {
        for (long seed = 0; seed < ROLES; seed++) {
            Role role = new Role(seed);
            role.remember(role.random.session());
            Optional<List<PolicyWrite>> plan = RoomPlan.denyEveryone(role.layout(), role.now, role.list);
            if (plan.isEmpty()) {
                role.assertFullOfWhatIsNotOurs();
                continue;
            }
            role.carryOut(plan.get());
            assertTrue(role.denies("AROAX:anybody", role.now), role::toString);
        }
    }

    @Test
    void oneIsReleasedAndNobodyElse() {
        for (long seed = 0; seed < ROLES; seed++) {
            Role role = new Role(seed);
            AgentSession lifted = role.random.session();
            role.remember(lifted);
            role.alive.removeIf(caller -> caller.userId().endsWith(":" + lifted.name())
                    || lifted.id().equals(caller.sourceIdentity())
                    || lifted.id().equals(caller.agentSession()));
            boolean everyone = !role.layout().deniesEveryone().equals(Instant.MIN);
            role.carryOut(LiftPlan.lift(role.layout(), lifted, role.now, role.list, false));
            assertEquals(
                    List.of(), LiftPlan.lift(role.layout(), lifted, role.now, role.list + "u", false), role::toString);
            SessionContext caller =
                    new SessionContext(userId(lifted), lifted.id(), lifted.id(), role.now.minusSeconds(72_000));
            assertFalse(!everyone && role.policies.denies(ROLE, caller), role::toString);
        }
    }

    private static String userId(AgentSession session) {
        return AROA + ":" + session.name();
    }

    /** A role of one seed, with those callers who are denied at first and alive. */
    private static final class Role {
        private final LocalRolePolicies policies = new LocalRolePolicies();
        private final RandomRoles random;
        private final Instant now;
        private final String list;
        private final long seed;
        private final List<SessionContext> alive = new ArrayList<>();
        private final Map<String, String> foreign;

        Role(long seed) {
            this.seed = seed;
            random = new RandomRoles(seed);
            policies.createRole(ROLE);
            random.fill(policies, ROLE);
            now = random.now();
            list = DenyPolicyDocument.listName(now, "t");
            foreign = foreign();
        }

        /** Everybody but those whom only a policy hits that bears this session's name, and that somebody edited. */
        void remember(AgentSession session) {
            layout().ours().stream()
                    .filter(policy -> !policy.isExpired(now))
                    .filter(policy -> policy.pure() || !policy.name().equals(Revocation.policyName(session)))
                    .forEach(this::remember);
        }

        /** Whom the needed terms of a policy hit: what is more than needed may be thinned away. */
        private void remember(RolePolicy policy) {
            for (DenyTerm term : policy.needed()) {
                String id = term.isUserId() ? term.value().replace("*", AROA) : AROA + ":another";
                String value = term.isUserId() ? null : term.value();
                Instant issued = policy.denies(Set.of(term)).minusSeconds(1);
                alive.add(new SessionContext(id, value, value, issued));
            }
            if (policy.deniesEveryone().isAfter(Instant.MIN)) {
                alive.add(new SessionContext(
                        AROA + ":anybody", null, null, policy.deniesEveryone().minusSeconds(1)));
            }
        }

        Layout layout() {
            TreeMap<String, String> documents = new TreeMap<>();
            policies.names(ROLE)
                    .forEach(
                            name -> documents.put(name, policies.get(ROLE, name).orElseThrow()));
            return Layout.of(documents);
        }

        Optional<List<PolicyWrite>> plan(AgentSession session) {
            return RoomPlan.denyByName(layout(), session, now, now, list);
        }

        /** The local IAM refuses what exceeds the quota. */
        void carryOut(List<PolicyWrite> writes) {
            for (PolicyWrite write : writes) {
                switch (write) {
                    case Put(String name, String json) -> policies.put(ROLE, name, json);
                    case Replace(String name, String was, String json) -> {
                        assertEquals(Optional.of(was), policies.get(ROLE, name), this::toString);
                        policies.put(ROLE, name, json);
                    }
                    case Delete(RolePolicy was) -> assertTrue(policies.delete(ROLE, was.name()), this::toString);
                }
                for (SessionContext caller : alive) {
                    assertTrue(
                            policies.denies(ROLE, caller), () -> caller + " is released by " + write + " of " + this);
                }
            }
            assertEquals(foreign, foreign(), this::toString);
        }

        boolean denies(String userId, Instant issuedAt) {
            return policies.denies(ROLE, new SessionContext(userId, null, null, issuedAt));
        }

        void assertFullOfWhatIsNotOurs() {
            int least = 2 * DenyPolicyDocument.everyone(now).size();
            assertTrue(notOurs() > RolePolicies.QUOTA - least, () -> "there was room to be made: " + this);
        }

        /** What could be held by a list: the policies of single sessions, and what is left of the quota. */
        int single() {
            return layout().roomFor("")
                    + layout().policies().values().stream()
                            .filter(policy -> policy.names() && !policy.isList())
                            .mapToInt(RolePolicy::size)
                            .sum();
        }

        /** What is held by policies that nobody but their owners may change. */
        int notOurs() {
            return layout().policies().values().stream()
                    .filter(policy -> !policy.names())
                    .mapToInt(RolePolicy::size)
                    .sum();
        }

        private Map<String, String> foreign() {
            Map<String, String> foreign = new TreeMap<>();
            layout().policies().forEach((name, policy) -> {
                if (!RolePolicy.isOurs(name)) {
                    foreign.put(name, policy.json());
                }
            });
            return foreign;
        }

        @Override
        public String toString() {
            return "role of seed " + seed + " at " + now + ": "
                    + layout().policies().keySet();
        }
    }
}
