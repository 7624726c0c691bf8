package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.memory.LocalCanary;
import dev.backstop.core.port.KillSwitch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The drill, over kill switches that work, lag, overreach and fail. */
class DrillTest {
    private final Stage stage = new Stage();
    private final LocalCanary canary =
            new LocalCanary(stage.aws.rolePolicies(), "arn:aws:iam::111122223333:role/agents/backstop-canary", stage);

    DrillTest() {
        stage.aws.rolePolicies().createRole("backstop-canary");
    }

    @Test
    void passesAndLeavesNothingBehind() {
        DrillResult result = drill(stage.revoker);
        assertTrue(result.passed(), result::toString);
        assertTrue(result.othersGoOn());
        assertEquals(Duration.ZERO, result.refused());
        assertEquals(Duration.ZERO, result.restored());
        assertEquals(Set.of(), stage.aws.rolePolicies().names("backstop-canary"));
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(List.of(), stage.outbox.alerts());
        assertEquals("Backstop Drill", stage.outbox.events().getFirst().detailType());
    }

    @Test
    void saysHowLongIamTook() {
        KillSwitch slow = order -> {
            int[] looks = {0};
            stage.onPause = () -> {
                if (++looks[0] == 7) {
                    stage.revoker.revoke(order);
                }
            };
            return List.of();
        };
        DrillResult result = drill(slow);
        assertTrue(result.passed(), result::toString);
        assertEquals(Duration.ofMillis(3500), result.refused());
        assertEquals(3.5, result.toJson().path("secondsToRefused").asDouble());
    }

    @Test
    void aKillThatDoesNotHoldPages() {
        DrillResult result = drill(_ -> List.of());
        assertFailed(result, "still let through after 60 s");
    }

    @Test
    void aKillThatHitsTheWholeRolePages() {
        DrillResult result = drill(order -> {
            stage.aws
                    .rolePolicies()
                    .put(
                            "backstop-canary",
                            "all",
                            "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
            return List.of();
        });
        assertFailed(result, "another session of the role was refused too");
    }

    @Test
    void aKillSwitchThatFailsIsReleasedAllTheSame() {
        KillSwitch broken = order -> {
            stage.revoker.revoke(order);
            throw new IllegalStateException("half-way");
        };
        assertThrows(IllegalStateException.class, () -> drill(broken));
        assertEquals(Set.of(), stage.aws.rolePolicies().names("backstop-canary"));
    }

    private void assertFailed(DrillResult result, String why) {
        assertFalse(result.passed());
        assertTrue(String.valueOf(result.failure()).contains(why), result::toString);
        assertEquals("drill-failed", stage.outbox.alerts().getFirst().rule().id());
    }

    private DrillResult drill(KillSwitch killSwitch) {
        return new Drill(canary, killSwitch, stage.revoker, stage.outbox, stage.outbox, stage, stage::pass).run("1");
    }
}
