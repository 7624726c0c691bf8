package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.RolePolicies;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kill on a role that is full, where IAM stops answering at one of its calls: told, nobody let go, and done when run again. */
class KillFaultsTest {
    private static final String ROLE = "agent-deploy-role";

    private Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"Throttling", "RequestTimeout", "AccessDenied"})
    void whereverItFailsNobodyIsLetGoAndRunAgainItCompletes(String error) {
        int failures = 0;
        boolean ended = false;
        // One call later each time, on a role that is full anew, until the kill needs fewer calls than that.
        for (int failing = 1; !ended; failing++) {
            stage = new Stage();
            int before = fill();
            Failing aws = new Failing(stage.aws, error, failing);
            Outcome outcome = revoker(aws).revoke(order(before)).getFirst();
            ended = aws.calls < failing;
            if (outcome.status() == Status.FAILED) {
                failures++;
                assertTrue(outcome.message().contains(error), outcome::message);
            }
            assertAllDenied(before, failing);
            assertTrue(stage.revoker.revoke(order(before)).getFirst().contained(), "run again after " + failing);
            assertAllDenied(before + 1, failing);
        }
        assertTrue(failures > 20, "room is made by many calls; of those that failed: " + failures);
    }

    private void assertAllDenied(int sessions, int failing) {
        for (int number = 0; number < sessions; number++) {
            assertTrue(denies(number), number + " is not denied after a failure of call " + failing);
        }
    }

    @Test
    void aRoleThatIsGoneIsNoDangerLeft() {
        stage.aws.rolePolicies().deleteRole(ROLE);
        Outcome outcome = stage.revoker.revoke(order(1)).getFirst();
        assertEquals(Status.FAILED, outcome.status(), outcome::message);
        assertTrue(outcome.message().contains("NoSuchEntity"), outcome::message);
    }

    /** Kills sessions until the next one needs room to be made, and returns how many. */
    private int fill() {
        for (int number = 0; ; number++) {
            int size = stage.aws.rolePolicies().names(ROLE).stream()
                    .mapToInt(name -> RolePolicies.size(
                            stage.aws.rolePolicies().get(ROLE, name).orElseThrow()))
                    .sum();
            if (size > RolePolicies.QUOTA - 700) {
                return number;
            }
            stage.revoker.revoke(order(number));
        }
    }

    private Revoker revoker(Aws aws) {
        return new Revoker(aws, stage.known, AgentSelector.DEFAULT, stage, stage::pass);
    }

    private boolean denies(int number) {
        String id = "sess_" + number;
        return stage.aws
                .rolePolicies()
                .denies(ROLE, new SessionContext("AROAEXAMPLE:" + id, id, id, stage.now.minusSeconds(60)));
    }

    private Order order(int number) {
        String id = "sess_" + number;
        AgentSession session = new AgentSession(
                id,
                Records.ROLE,
                id,
                "AROAEXAMPLE:" + id,
                "ASIA" + number,
                id,
                null,
                null,
                stage.now.minusSeconds(60),
                null);
        return new Order(session, id, Mode.ENFORCE, "e-1", null, "a-rule", "for a test", "backstop");
    }

    /** IAM, which does not answer one call to a role's policies. */
    private static final class Failing implements ForwardingAws, RolePolicies {
        private final Aws real;
        private final String error;
        private final int failing;
        private int calls;

        private Failing(Aws real, String error, int failing) {
            this.real = real;
            this.error = error;
            this.failing = failing;
        }

        @Override
        public Aws real() {
            return real;
        }

        @Override
        public RolePolicies rolePolicies() {
            return this;
        }

        @Override
        public Optional<String> get(String roleName, String policyName) {
            count();
            return real.rolePolicies().get(roleName, policyName);
        }

        @Override
        public Set<String> names(String roleName) {
            count();
            return real.rolePolicies().names(roleName);
        }

        @Override
        public void put(String roleName, String policyName, String document) {
            count();
            real.rolePolicies().put(roleName, policyName, document);
        }

        @Override
        public boolean delete(String roleName, String policyName) {
            count();
            return real.rolePolicies().delete(roleName, policyName);
        }

        private void count() {
            if (++calls == failing) {
                throw new IllegalStateException(error);
            }
        }
    }
}
