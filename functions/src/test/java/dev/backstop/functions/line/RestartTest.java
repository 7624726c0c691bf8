package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Instances;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.KillSwitch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that has to be restarted to get its type back runs again in the end, wherever a run is cut off. */
class RestartTest {
    private static final Resource INSTANCE = new Resource("AWS::EC2::Instance", "i-1", "us-east-1", Records.ACCOUNT);
    private static final Detection RESIZED = new Detection(
            Records.rule(
                    "instance-type-changed", "restore-instance-type-with-restart", Response.ALERT, Response.REVERT),
            Records.call(
                    "ec2",
                    "ModifyInstanceAttribute",
                    "{\"instanceId\":\"i-1\",\"instanceType\":{\"value\":\"m5.4xlarge\"}}",
                    "{\"_return\":true}"));

    private final Stage stage = new Stage();
    private final SlowInstances instances = new SlowInstances(stage.aws.instances(), stage, Duration.ofMinutes(2));

    @BeforeEach
    void oneRunningInstance() {
        stage.aws.instances().put(new Instance("i-1", "m5.4xlarge", "running", Map.of()));
        stage.history.capture(
                INSTANCE, new PriorState(Json.read("{\"instanceType\":\"t3.medium\"}"), Instant.EPOCH, "config"));
    }

    @Test
    void itIsStoppedChangedAndStarted() {
        Outcome outcome = respond();
        assertEquals(Status.APPLIED, outcome.status(), outcome.message());
        assertTrue(outcome.verified());
        assertEquals("m5.4xlarge, running", outcome.before());
        assertEquals("t3.medium, running", outcome.after());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"before stop", "after stop", "before modify", "after modify", "before start", "after start"})
    void aRunThatDiesIsFinishedByItsRetry(String point) {
        dieAt(point);
        assertThrows(Killed.class, this::respond);
        Outcome outcome = respond();
        assertTrue(outcome.contained(), outcome.message());
        assertEquals("t3.medium, running", state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"before stop", "after stop", "before modify", "after modify", "before start", "after start"})
    void soItIsWhenTheRetryDiesAtTheSamePoint(String point) {
        dieAt(point);
        assertThrows(Killed.class, this::respond);
        dieAt(point);
        try {
            respond();
        } catch (Killed _) {
            // Some points lie behind the retry already.
        }
        instances.disturbance = _ -> {};
        respond();
        assertEquals("t3.medium, running", state());
    }

    @Test
    void aRunThatDiesWhileItWaitsIsFinishedByItsRetry() {
        stage.onPause = () -> {
            stage.onPause = () -> {};
            throw new Killed();
        };
        assertThrows(Killed.class, this::respond);
        assertEquals("m5.4xlarge, stopping", state());
        assertTrue(respond().contained());
        assertEquals("t3.medium, running", state());
    }

    @Test
    void theJournalSaysThatItRan() {
        dieAt("after stop");
        assertThrows(Killed.class, this::respond);
        assertEquals("running", stage.journal.note(key(), "ec2:ModifyInstanceAttribute i-1", "stopped"));
    }

    @Test
    void aStopThatOutlivesTheRunIsToldAndFinishedByTheRetry() {
        instances.take(Duration.ofMinutes(12));
        Instant began = stage.now;
        Outcome told = respond();
        assertTrue(Duration.between(began, stage.now).compareTo(Limits.LONGEST_RUN) < 0, "the function was cut off");
        assertEquals(Status.FAILED, told.status());
        assertEquals("m5.4xlarge, stopping", told.after());
        assertTrue(told.message().contains("still stopping"), told.message());
        assertTrue(String.valueOf(told.command()).startsWith("aws ec2 wait instance-stopped"), told.command());
        assertTrue(String.valueOf(told.command()).contains("aws ec2 start-instances"), told.command());
        assertEquals(1, stage.outbox.alerts().size());

        instances.take(Duration.ofMinutes(1));
        stage.pass(Duration.ofMinutes(1));
        assertTrue(respond().contained());
        assertEquals("t3.medium, running", state());
        assertEquals(2, stage.outbox.alerts().size());
    }

    @Test
    void whereTheTypeCannotBeChangedItRunsAgainAsItWas() {
        instances.disturbance = point -> {
            if (point.equals("before modify")) {
                throw new IllegalStateException("InvalidInstanceAttributeValue");
            }
        };
        Outcome outcome = respond();
        assertEquals(Status.FAILED, outcome.status());
        assertEquals("m5.4xlarge, pending", outcome.after());
        stage.pass(Duration.ofMinutes(2));
        assertEquals("m5.4xlarge, running", state());
    }

    @Test
    void whereItCannotBeStartedTheAlertHoldsTheOneCommandThatIsLeft() {
        instances.disturbance = point -> {
            if (point.equals("before start")) {
                throw new IllegalStateException("InsufficientInstanceCapacity");
            }
        };
        Outcome outcome = respond();
        assertEquals(Status.FAILED, outcome.status());
        assertEquals("t3.medium, stopped", outcome.after());
        assertEquals("aws ec2 start-instances --region us-east-1 --instance-ids i-1", outcome.command());
        instances.disturbance = _ -> {};
        assertTrue(respond().contained());
        assertEquals("t3.medium, running", state());
    }

    @Test
    void anInstanceThatStoodStaysDown() {
        stage.aws.instances().put(new Instance("i-1", "m5.4xlarge", "stopped", Map.of()));
        dieAt("after modify");
        assertThrows(Killed.class, this::respond);
        assertTrue(respond().contained());
        assertEquals("t3.medium, stopped", state());
    }

    @Test
    void theSessionIsStoppedBeforeTheMinutesThatItTakes() {
        Detection killing = new Detection(
                Records.rule(
                        "instance-type-changed",
                        "restore-instance-type-with-restart",
                        Response.ALERT,
                        Response.REVERT,
                        Response.REVOKE),
                RESIZED.record());
        Instant called = stage.now;
        responder(order -> {
                    assertEquals(called, stage.now, "minutes after the call");
                    return stage.revoker.revoke(order);
                })
                .respond(killing, "one");
        assertFalse(stage.revocations.all().isEmpty());
        assertEquals("t3.medium, running", state());
    }

    private void dieAt(String point) {
        instances.disturbance = reached -> {
            if (reached.equals(point)) {
                instances.disturbance = _ -> {};
                throw new Killed();
            }
        };
    }

    private Outcome respond() {
        return responder(stage.revoker).respond(RESIZED, "one").outcomes().getFirst();
    }

    private Responder responder(KillSwitch killSwitch) {
        return stage.responder(new Slow(stage.aws, instances), stage.outbox, killSwitch);
    }

    private String state() {
        Instance instance = instances.describe(Set.of("i-1")).getFirst();
        return instance.type() + ", " + instance.state();
    }

    private static String key() {
        return RESIZED.record().eventId() + "#" + RESIZED.rule().id();
    }

    private record Slow(Aws real, Instances instances) implements ForwardingAws {}

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
