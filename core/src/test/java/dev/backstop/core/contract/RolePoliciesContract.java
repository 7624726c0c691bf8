package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.RolePolicies;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link RolePolicies} does. */
public abstract class RolePoliciesContract {
    private static final String ROLE = "agent-contract-role";

    protected abstract RolePolicies policies();

    /** Creates a role without policies, as its owner would. */
    protected abstract void createRole(String roleName);

    @Test
    protected void knowsNoPolicyWhereRoleOrPolicyIsMissing() {
        createRole(ROLE);

        assertEquals(Optional.empty(), policies().get(ROLE, "none"));
        assertEquals(Optional.empty(), policies().get("agent-nobody", "none"));
        assertEquals(Set.of(), policies().names(ROLE));
        assertEquals(Set.of(), policies().names("agent-nobody"));
    }

    @Test
    protected void givesBackWhatWasPut() {
        createRole(ROLE);
        // Every printable character that may stand in a policy and that an encoding could spoil.
        String document = denying("AROA1:a+b c%2Bd/é&=?#\"\\'");

        policies().put(ROLE, "backstop-one", document);

        assertEquals(
                Optional.of(Json.read(document)),
                policies().get(ROLE, "backstop-one").map(Json::read));
        assertEquals(Set.of("backstop-one"), policies().names(ROLE));
    }

    @Test
    protected void replacesAPolicyOfTheSameNameAndNoOther() {
        createRole(ROLE);
        policies().put(ROLE, "one", denying("AROA1:first"));
        policies().put(ROLE, "other", denying("AROA1:other"));

        policies().put(ROLE, "one", denying("AROA1:second"));

        assertEquals(
                Optional.of(Json.read(denying("AROA1:second"))),
                policies().get(ROLE, "one").map(Json::read));
        assertEquals(Set.of("one", "other"), policies().names(ROLE));
    }

    @Test
    protected void failsToPutOnARoleThatIsNotThere() {
        assertThrows(RuntimeException.class, () -> policies().put("agent-nobody", "one", denying("AROA1:x")));
    }

    @Test
    protected void deletesOnceAndAgain() {
        createRole(ROLE);
        policies().put(ROLE, "one", denying("AROA1:x"));

        policies().delete(ROLE, "one");
        policies().delete(ROLE, "one");
        policies().delete("agent-nobody", "one");

        assertEquals(Set.of(), policies().names(ROLE));
    }

    private static String denying(String userId) {
        ObjectNode policy = Json.object().put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Effect", "Deny").put("Action", "*").put("Resource", "*");
        statement.putObject("Condition").putObject("StringEquals").put("aws:userid", userId);
        return Json.write(policy);
    }
}
