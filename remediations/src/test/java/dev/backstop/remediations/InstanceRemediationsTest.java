package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Comparison;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Instances.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceRemediationsTest {
    private static final Resource INSTANCE = new Resource("AWS::EC2::Instance", "i-1", "us-east-1", Records.ACCOUNT);
    private static final Map<Resource, PriorState> WAS_MEDIUM =
            Map.of(INSTANCE, new PriorState(Json.read("{\"instanceType\":\"t3.medium\"}"), Instant.EPOCH, "config"));

    private final LocalAws aws = new LocalAws();

    @Test
    void everyLaunchedInstanceIsStoppedNotTerminated() {
        CloudTrailRecord record = Records.call(
                "ec2",
                "RunInstances",
                "{}",
                "{\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\"},{\"instanceId\":\"i-2\"}]}}");
        Plan plan = new AnswerLaunch(AnswerLaunch.Way.STOP).plan(finding(record), Map.of());
        List<String> stopped = assertInstanceOf(Plan.Steps.class, plan).steps().stream()
                .map(step -> step.summary())
                .toList();
        assertEquals(List.of("stop i-1", "stop i-2"), stopped);
    }

    @ParameterizedTest
    @CsvSource({
        "pending,NotYet",
        "running,AsExpected",
        "stopping,NothingLeft",
        "stopped,NothingLeft",
        "terminated,NothingLeft"
    })
    void onlyAnInstanceThatRunsIsStopped(String state, String comparison) {
        Optional<Instance> live = Optional.of(instance("m5.large", state));
        assertEquals(
                comparison,
                new StopInstance(INSTANCE, true).compare(live).getClass().getSimpleName());
    }

    @ParameterizedTest
    @CsvSource({
        "running,m5.4xlarge,AsExpected,stop wait modify start",
        "pending,m5.4xlarge,NotYet,stop wait modify start",
        "stopping,m5.4xlarge,NotYet,wait modify start",
        "stopped,m5.4xlarge,AsExpected,modify start",
        "stopping,t3.medium,NotYet,wait start",
        "stopped,t3.medium,AsExpected,start",
        "pending,t3.medium,NotYet,start",
        "running,t3.medium,NothingLeft,start"
    })
    void anInstanceThatRanGoesOnFromWhereverItIsLeftAndTheCommandDoesTheRest(
            String state, String type, String comparison, String command) {
        ChangeInstanceType begun =
                new ChangeInstanceType(INSTANCE, "m5.4xlarge", "t3.medium", true).begunWith("running");
        Optional<Instance> live = Optional.of(instance(type, state));
        assertEquals(comparison, begun.compare(live).getClass().getSimpleName());
        assertEquals(
                command,
                Stream.of(begun.command(live).split(" && "))
                        .map(line -> line.split("[ -]")[2])
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void anInstanceThatStoodIsNotStarted() {
        ChangeInstanceType begun =
                new ChangeInstanceType(INSTANCE, "m5.4xlarge", "t3.medium", true).begunWith("stopped");
        Optional<Instance> changed = Optional.of(instance("t3.medium", "stopped"));
        assertInstanceOf(Comparison.NothingLeft.class, begun.compare(changed));
        assertTrue(
                !begun.command(Optional.of(instance("m5.4xlarge", "stopped"))).contains("start-instances"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instanceId\":\"i-1\",\"instanceType\":{\"value\":\"m5.4xlarge\"}}",
                "{\"instanceId\":\"i-1\",\"attribute\":\"instanceType\",\"value\":\"m5.4xlarge\"}"
            })
    void theTypeGoesBackInBothDialects(String request) {
        aws.instances().put(instance("m5.4xlarge", "running", Map.of("backstop:restart", "allowed")));
        Steps.undo(resize(request, WAS_MEDIUM), aws);
        Instance after = aws.instances().describe(Set.of("i-1")).getFirst();
        assertEquals("t3.medium, running", after.type() + ", " + after.state());
    }

    @Test
    void aStoppedInstanceStaysStopped() {
        aws.instances().put(instance("m5.4xlarge", "stopped"));
        ChangeInstanceType step =
                resize("{\"instanceId\":\"i-1\",\"instanceType\":{\"value\":\"m5.4xlarge\"}}", WAS_MEDIUM);
        step.apply(aws, step.read(aws));
        assertEquals(List.of(instance("t3.medium", "stopped")), aws.instances().describe(Set.of("i-1")));
    }

    @Test
    void aRestartNeedsThePermissionOfATag() {
        ChangeInstanceType step = new ChangeInstanceType(INSTANCE, "m5.4xlarge", "t3.medium", false);
        assertInstanceOf(Comparison.MustNot.class, step.compare(Optional.of(instance("m5.4xlarge", "running"))));
        assertTrue(step.command().contains("aws ec2 modify-instance-attribute --region us-east-1 --instance-id i-1"));
    }

    @Test
    void configurationMayAllowEveryRestart() {
        aws.instances().put(instance("m5.4xlarge", "running"));
        String request = "{\"instanceId\":\"i-1\",\"instanceType\":{\"value\":\"m5.4xlarge\"}}";
        CloudTrailRecord record = Records.call("ec2", "ModifyInstanceAttribute", request, "{\"_return\":true}");
        Plan plan = Steps.plan(new RestoreInstanceType(true), record, "{\"instanceType\":\"t3.medium\"}");
        Steps.undo(Steps.only(plan), aws);
        assertEquals(List.of(instance("t3.medium", "running")), aws.instances().describe(Set.of("i-1")));
    }

    @Test
    void aTypeThatSomebodyChoseSinceIsLeftAlone() {
        ChangeInstanceType step = new ChangeInstanceType(INSTANCE, "m5.4xlarge", "t3.medium", false);
        assertInstanceOf(Comparison.MustNot.class, step.compare(Optional.of(instance("t3.large", "stopped"))));
        assertInstanceOf(Comparison.NothingLeft.class, step.compare(Optional.of(instance("t3.medium", "running"))));
        assertInstanceOf(Comparison.NothingLeft.class, step.compare(Optional.empty()));
    }

    @Test
    void withoutPriorStateThereIsNoGuess() {
        String request = "{\"instanceId\":\"i-1\",\"instanceType\":{\"value\":\"m5.4xlarge\"}}";
        Finding finding = finding(Records.call("ec2", "ModifyInstanceAttribute", request, "{\"_return\":true}"));
        assertEquals(Set.of(INSTANCE), new RestoreInstanceType(false).needs(finding));
        Plan.Refused refused =
                assertInstanceOf(Plan.Refused.class, new RestoreInstanceType(false).plan(finding, Map.of()));
        assertTrue(refused.why().startsWith("prior state unknown"), refused.why());
    }

    @Test
    void aMaskedValueIsNoType() {
        String request = "{\"instanceId\":\"i-1\",\"attribute\":\"instanceType\",\"value\":\"<sensitiveDataRemoved>\"}";
        Finding finding = finding(Records.call("ec2", "ModifyInstanceAttribute", request, "{}"));
        assertInstanceOf(Plan.Refused.class, new RestoreInstanceType(false).plan(finding, WAS_MEDIUM));
    }

    private static ChangeInstanceType resize(String request, Map<Resource, PriorState> prior) {
        Finding finding = finding(Records.call("ec2", "ModifyInstanceAttribute", request, "{\"_return\":true}"));
        Plan plan = new RestoreInstanceType(false).plan(finding, prior);
        return assertInstanceOf(
                ChangeInstanceType.class,
                assertInstanceOf(Plan.Steps.class, plan).steps().getFirst());
    }

    private static Finding finding(CloudTrailRecord record) {
        return Records.finding(Records.rule("r", "stop-launched-instances", Response.ALERT, Response.REVERT), record);
    }

    private static Instance instance(String type, String state) {
        return instance(type, state, Map.of());
    }

    private static Instance instance(String type, String state, Map<String, String> tags) {
        return new Instance("i-1", type, state, tags);
    }
}
