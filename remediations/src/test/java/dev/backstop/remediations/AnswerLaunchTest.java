package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import dev.backstop.core.port.SecurityGroups.Group;
import dev.backstop.remediations.AnswerLaunch.Way;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerLaunchTest {
    private final LocalAws aws = new LocalAws();

    @ParameterizedTest
    @CsvSource({"STOP, stopped", "TERMINATE, terminated", "ISOLATE, running"})
    void whatWasLaunchedIsContainedInTheConfiguredWay(Way way, String state) {
        launched("i-1", Map.of());
        quarantine("vpc-1", "sg-q");
        Steps.undo(launch(way), aws);
        assertEquals(state, state("i-1"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyInstanceOfTheCallIsAnswered(Way way) throws IOException {
        CloudTrailRecord record = Events.matching("instance-launched-beyond-allowed-types", "several-at-once");
        assertEquals(
                3, Steps.of(Steps.plan(new AnswerLaunch(way), record, null)).size());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsTaggedAsProductionIsLeftToAPerson(Way way) {
        launched("i-1", Map.of("Environment", "Production"));
        quarantine("vpc-1", "sg-q");
        assertEquals(Production.SPARED, Steps.mustNot(launch(way), aws));
        assertEquals("running", state("i-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "Environment, production, true",
        "env, PROD, true",
        "stage, prod, true",
        "Environment, staging, false",
        "Name, production, false",
        "environment, not-production, false"
    })
    void productionIsWhatItsTagSays(String key, String value, boolean production) {
        assertEquals(production, Production.isTagged(Map.of(key, value)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsGoneInTheMeantimeIsSuccess(Way way) {
        Steps.assertDone(launch(way), aws);
        launched("i-1", Map.of());
        aws.instances().terminate("i-1");
        Steps.assertDone(launch(way), aws);
    }

    @Test
    void anIsolatedInstanceHasTheQuarantineOfItsVpcOnEveryInterfaceAndNothingElse() {
        launched("i-1", Map.of());
        aws.networkInterfaces().attach("i-1", new NetworkInterface("eni-2", "vpc-2", Set.of("sg-2"), true));
        quarantine("vpc-1", "sg-q1");
        quarantine("vpc-2", "sg-q2");
        Steps.undo(launch(Way.ISOLATE), aws);
        assertEquals(Set.of("sg-q1"), groups("eni-1"));
        assertEquals(Set.of("sg-q2"), groups("eni-2"));
    }

    @Test
    void whereAVpcHasNoQuarantineTheInstanceIsStopped() {
        launched("i-1", Map.of());
        aws.networkInterfaces().attach("i-1", new NetworkInterface("eni-2", "vpc-2", Set.of("sg-2"), true));
        quarantine("vpc-1", "sg-q1");
        Steps.undo(launch(Way.ISOLATE), aws);
        assertEquals("stopped", state("i-1"));
        assertEquals(Set.of("sg-1"), groups("eni-1"));
    }

    @Test
    void aQuarantineThatLetsSomethingThroughIsNone() {
        launched("i-1", Map.of());
        quarantine("vpc-1", "sg-q");
        aws.securityGroups().put(new GroupRule("sgr-1", "sg-q", true, "-1", -1, -1, "0.0.0.0/0", null));
        Steps.undo(launch(Way.ISOLATE), aws);
        assertEquals("stopped", state("i-1"));
    }

    @Test
    void theEvidenceNamesTypeStateAndGroups() {
        launched("i-1", Map.of());
        quarantine("vpc-1", "sg-q");
        Step<?> step = launch(Way.ISOLATE);
        assertEquals("p5.48xlarge, running, in sg-1", Steps.show(step, aws));
        Steps.undo(step, aws);
        assertEquals("p5.48xlarge, running, in sg-q", Steps.show(step, aws));
    }

    @Test
    void aRecordWithoutInstancesIsNotGuessed() {
        CloudTrailRecord record = Records.call("ec2", "RunInstances", "{}", "{\"instancesSet\":{}}");
        assertTrue(Steps.refusal(Steps.plan(new AnswerLaunch(Way.STOP), record, null))
                .contains("by hand"));
    }

    private static Step<?> launch(Way way) {
        CloudTrailRecord record =
                Records.call("ec2", "RunInstances", "{}", "{\"instancesSet\":{\"items\":{\"instanceId\":\"i-1\"}}}");
        return Steps.only(Steps.plan(new AnswerLaunch(way), record, null));
    }

    private void launched(String id, Map<String, String> tags) {
        aws.instances().put(new Instance(id, "p5.48xlarge", "running", tags));
        aws.networkInterfaces().attach(id, new NetworkInterface("eni-1", "vpc-1", Set.of("sg-1"), true));
    }

    private void quarantine(String vpc, String group) {
        aws.securityGroups().create(new Group(group, IsolateInstance.QUARANTINE, "lets nothing through", vpc));
    }

    private String state(String id) {
        return aws.instances().describe(Set.of(id)).getFirst().state();
    }

    private Set<String> groups(String interfaceId) {
        return aws.networkInterfaces().find(interfaceId).orElseThrow().groups();
    }
}
