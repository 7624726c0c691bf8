package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Disks.Snapshot;
import dev.backstop.core.port.Instances.Instance;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UndoInstanceStateChangeTest {
    private static final String WAS = """
            {"instanceType":"m5.large","imageId":"ami-1","subnetId":"subnet-1","keyName":"ops","privateIpAddress":"10.0.1.20",
             "securityGroups":[{"groupId":"sg-1","groupName":"web"},{"groupId":"sg-2","groupName":"ssh"}],
             "iamInstanceProfile":{"arn":"arn:aws:iam::111122223333:instance-profile/app","id":"AIPAEXAMPLE"},
             "blockDeviceMappings":[{"deviceName":"/dev/xvda","ebs":{"volumeId":"vol-1","deleteOnTermination":true}},
              {"deviceName":"/dev/xvdb","ebs":{"volumeId":"vol-2","deleteOnTermination":false}},
              {"deviceName":"/dev/xvdc","ebs":{"volumeId":"vol-3","deleteOnTermination":true}}]}""";

    private final LocalAws aws = new LocalAws();

    @ParameterizedTest
    @CsvSource({
        "StopInstances, running, stopped, running",
        "StopInstances, pending, stopped, running",
        "StartInstances, stopped, running, stopped",
        "StartInstances, stopping, running, stopped"
    })
    void goesBackToThePreviousState(String call, String previous, String now, String back) {
        put(now);
        Steps.undo(Steps.only(plan(changed(call, previous))), aws);
        assertEquals(back, state());
    }

    @ParameterizedTest
    @CsvSource({
        "StopInstances, stopped",
        "StopInstances, stopping",
        "StopInstances, terminated",
        "StartInstances, running",
        "StartInstances, pending",
        "TerminateInstances, terminated",
        "TerminateInstances, shutting-down"
    })
    void whatWasSoBeforeIsNotUndone(String call, String previous) {
        assertTrue(Steps.refusal(plan(changed(call, previous))).contains("nothing to undo"));
    }

    @ParameterizedTest
    @CsvSource({"StopInstances, running", "StartInstances, stopped"})
    void whatSomebodyUndidSinceIsSuccess(String call, String back) {
        put(back);
        Steps.assertDone(Steps.only(plan(changed(call, back))), aws);
    }

    @Test
    void whatWasTerminatedSinceIsNotStarted() {
        put("terminated");
        assertEquals(
                "the instance is terminated since",
                Steps.mustNot(Steps.only(plan(changed("StopInstances", "running"))), aws));
    }

    @Test
    void aPublishedRecordOfTwoIsTwoSteps() throws IOException {
        CloudTrailRecord record = Events.matching("instance-stopped", "two-stopped-published");
        assertEquals(
                List.of("start i-0a1b2c3d4e5f60002", "start i-0a1b2c3d4e5f60003"),
                Steps.of(plan(record)).stream().map(Step::summary).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminated", "several-terminated"})
    void publishedTerminationsAreShown(String file) throws IOException {
        CloudTrailRecord record = Events.matching("instance-terminated", file);
        for (Step<?> step : Steps.of(plan(record))) {
            assertTrue(Steps.mustNot(step, aws).startsWith("cannot be undone"), file);
        }
    }

    @Test
    void aTerminatedInstanceIsEvidenceAndTheCommandThatLaunchesOneLikeIt() {
        aws.instances().put(new Instance("i-1", "m5.large", "terminated", Map.of("Name", "web")));
        aws.disks().put("ami-1");
        aws.disks().put("vol-2");
        aws.disks().put(new Snapshot("snap-old", "vol-1", Instant.parse("2026-11-01T00:00:00Z")));
        aws.disks().put(new Snapshot("snap-new", "vol-1", Instant.parse("2026-11-19T00:00:00Z")));
        Step<?> step = Steps.only(plan(changed("TerminateInstances", "running"), WAS));
        assertEquals("cannot be undone: a terminated instance is gone", Steps.mustNot(step, aws));
        assertEquals(
                "web, m5.large, terminated; image ami-1 is there; volume vol-1 is gone, newest snapshot snap-new of"
                        + " 2026-11-19T00:00:00Z; volume vol-2 is there; volume vol-3 is gone, without a snapshot",
                Steps.show(step, aws));
        assertEquals(
                "aws ec2 run-instances --region us-east-1 --image-id ami-1 --instance-type m5.large --subnet-id subnet-1"
                        + " --key-name ops --security-group-ids sg-1 sg-2 --iam-instance-profile"
                        + " Arn=arn:aws:iam::111122223333:instance-profile/app --private-ip-address 10.0.1.20",
                step.command());
    }

    @Test
    void whereNothingIsKnownTheEvidenceIsWhatEc2StillShows() {
        aws.instances().put(new Instance("i-1", "m5.large", "terminated", Map.of()));
        Step<?> step = Steps.only(plan(changed("TerminateInstances", "stopped")));
        assertTrue(Steps.mustNot(step, aws).endsWith("prior state unknown"));
        assertEquals("m5.large, terminated", Steps.show(step, aws));
        assertEquals("aws ec2 describe-instances --region us-east-1 --instance-ids i-1", step.command());
    }

    @Test
    void anInstanceThatIsThereIsSuccess() {
        put("running");
        Steps.assertDone(Steps.only(plan(changed("TerminateInstances", "running"))), aws);
    }

    private static CloudTrailRecord changed(String call, String previous) {
        String current =
                call.equals("StartInstances") ? "pending" : call.equals("StopInstances") ? "stopping" : "shutting-down";
        return Records.call("ec2", call, "{\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\"}]}}", """
                {"instancesSet":{"items":[{"instanceId":"i-1","currentState":{"code":64,"name":"%s"},
                 "previousState":{"code":16,"name":"%s"}}]}}""".formatted(
                        current, previous));
    }

    private static Plan plan(CloudTrailRecord record) {
        return plan(record, null);
    }

    private static Plan plan(CloudTrailRecord record, @Nullable String prior) {
        return Steps.plan(new UndoInstanceStateChange(), record, prior);
    }

    private void put(String state) {
        aws.instances().put(new Instance("i-1", "m5.large", state, Map.of()));
    }

    private String state() {
        return aws.instances().describe(Set.of("i-1")).getFirst().state();
    }
}
