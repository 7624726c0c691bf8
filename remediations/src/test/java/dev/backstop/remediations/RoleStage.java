package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.core.port.RolePolicies;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An agent role in a local AWS, where sessions are killed and released as a runner of steps would. */
final class RoleStage {
    static final String ROLE = "agent-deploy-role";
    static final String AROA = "AROA1234567890EXAMPLE";
    static final Instant NOW = Instant.parse(Records.TIME);

    final LocalRolePolicies role = new LocalRolePolicies();
    final Aws aws = over(role);

    RoleStage() {
        role.createRole(ROLE);
    }

    /** An AWS whose role policies are these. */
    static Aws over(RolePolicies policies) {
        record Over(Aws real, RolePolicies rolePolicies) implements ForwardingAws {}
        return new Over(new LocalAws(), policies);
    }

    /** A session as vended: its id is its name, its source identity and its tag. */
    static AgentSession vended(String id) {
        return new AgentSession(
                id, Records.ROLE, id, AROA + ":" + id, null, id, "jordan", "api", NOW.minusSeconds(600), null);
    }

    /** The only step of a plan. */
    static Step<?> step(Plan plan) {
        return assertInstanceOf(Plan.Steps.class, plan).steps().getFirst();
    }

    Comparison kill(AgentSession session, Instant now) {
        return run(step(Revocation.revoke(session, AgentSelector.DEFAULT, now)), aws);
    }

    Comparison lift(AgentSession session, Instant now) {
        return run(Revocation.restore(revoked(session, now), now), aws);
    }

    static Revoked revoked(AgentSession session, Instant at) {
        return new Revoked(session, session.id(), at, Revocation.cutOff(at), null, "why", "who", null, List.of());
    }

    /** Reads, compares, applies where there is something to do, and looks at it again, several times if it must. */
    static <S> Comparison run(Step<S> step, Aws aws) {
        S before = step.read(aws);
        Comparison found = step.compare(before);
        if (found instanceof Comparison.AsExpected) {
            step.apply(aws, before);
            found = step.compare(step.read(aws));
            for (int look = 0; look < 20 && found instanceof Comparison.AsExpected; look++) {
                found = step.compare(step.read(aws));
            }
        }
        return found;
    }

    /** Whether a session that has nothing but its name and issue time is denied. */
    boolean denied(String name, Instant issuedAt) {
        return denied(AROA + ":" + name, null, null, issuedAt);
    }

    boolean denied(String userId, @Nullable String sourceIdentity, @Nullable String tag, Instant issuedAt) {
        return role.denies(ROLE, new SessionContext(userId, sourceIdentity, tag, issuedAt));
    }

    Set<String> names() {
        return role.names(ROLE);
    }

    TreeMap<String, String> documents() {
        TreeMap<String, String> documents = new TreeMap<>();
        names().forEach(name -> documents.put(name, role.get(ROLE, name).orElseThrow()));
        return documents;
    }

    /** Fills the role with a policy of its owner until so much of the quota is left. */
    void fill(int left) {
        role.delete(ROLE, "owners");
        int size = RolePolicies.QUOTA - role.used(ROLE) - left;
        role.put(ROLE, "owners", foreign(size));
    }

    /** A policy of another's that takes exactly so much of the quota; at least 120. */
    static String foreign(int size) {
        var document = Json.object().put("Version", "2012-10-17");
        var statement = document.putArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "s3:GetObject");
        statement.put("Resource", "arn:aws:s3:::");
        int base = RolePolicies.size(Json.write(document));
        statement.put("Resource", "arn:aws:s3:::" + "x".repeat(size - base));
        return document.toPrettyString();
    }
}
