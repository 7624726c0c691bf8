package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalBaselines;
import dev.backstop.core.memory.LocalInventory;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import dev.backstop.functions.message.AlertText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drift from what people approved, from the event of AWS Config's to the state read back. */
class DriftWatchTest {
    private static final Resource GROUP = new Resource("AWS::EC2::SecurityGroup", "sg-9", "us-east-1", Records.ACCOUNT);
    private static final Resource WEB = new Resource("AWS::EC2::Instance", "i-1", "us-east-1", Records.ACCOUNT);
    private static final String MARIA = "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/maria\"}";

    private final Stage stage = new Stage();
    private final LocalApprovals approvals = new LocalApprovals();
    private final LocalBaselines baselines = new LocalBaselines();
    private final LocalInventory inventory = new LocalInventory(stage.aws, stage);
    private final TagApproval tags = new TagApproval(approvals, inventory, AgentSelector.DEFAULT, stage);
    private final BaselineWatch watch = new BaselineWatch(
            baselines,
            inventory,
            new BaselineWatch.Place(Records.ACCOUNT, "us-east-1"),
            AgentSelector.DEFAULT,
            stage,
            stage::pass);
    private int made;

    @BeforeEach
    void approve() {
        put("sgr-web", 443, "10.0.0.0/16");
        put("sgr-ssh", 22, "10.0.0.0/16");
        stage.aws.instances().put(new Instance("i-1", "t3.micro", "stopped", Map.of()));
        stage.aws.networkInterfaces().attach("i-1", new NetworkInterface("eni-1", "vpc-1", Set.of("sg-9"), true));
        tags.approve(GROUP, "maria", "as reviewed");
        tags.approve(WEB, "maria", "as reviewed");
    }

    @Test
    void whatIsAsApprovedIsNoDriftWhateverConfigSays() {
        assertEquals(List.of(), drift().answer(event("backstop-security-group-baseline", GROUP), "i1"));
        assertEquals(List.of(), drift().answer(Json.read("{\"drift\":\"sweep\"}"), "i2"));
        assertEquals(List.of(), stage.outbox.alerts());
    }

    @Test
    void aGroupGetsBackExactlyWhatWasApproved() {
        put("sgr-web", 443, "0.0.0.0/0");
        put("sgr-new", 3389, "0.0.0.0/0");
        stage.aws.securityGroups().revokeIngress("sg-9", Set.of("sgr-ssh"));

        Answer answer = drift().answer(event("backstop-security-group-baseline", GROUP), "i1")
                .getFirst();
        assertTrue(answer.outcomes().stream().limit(3).allMatch(outcome -> outcome.contained()), answer::toString);
        assertEquals(
                Set.of("tcp 443 from 10.0.0.0/16", "tcp 22 from 10.0.0.0/16"),
                stage.aws.securityGroups().rules("sg-9").stream()
                        .map(GroupRule::words)
                        .collect(Collectors.toSet()));
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(List.of(), drift().sweep("i2"), "a rule that was put back has another id, and is as good");
    }

    @Test
    void anInstanceGetsBackTypeGroupsAndMetadataOptions() {
        stage.aws.instances().changeType("i-1", "m5.large");
        stage.aws.instances().setMetadataOptions("i-1", Map.of("httpTokens", "optional"));
        stage.aws.networkInterfaces().setGroups("eni-1", Set.of("sg-evil"));

        Answer answer =
                drift().answer(event("backstop-instance-baseline", WEB), "i1").getFirst();
        assertTrue(answer.outcomes().stream().limit(3).allMatch(outcome -> outcome.contained()), answer::toString);
        assertEquals(
                List.of("t3.micro"),
                stage.aws.instances().describe(Set.of("i-1")).stream()
                        .map(Instance::type)
                        .toList());
        assertEquals("required", stage.aws.instances().metadataOptions("i-1").get("httpTokens"));
        assertEquals(
                Set.of("sg-9"),
                stage.aws.networkInterfaces().find("eni-1").orElseThrow().groups());
    }

    @Test
    void theAlertNamesTheSessionThatChangedItLast() {
        put("sgr-new", 3389, "0.0.0.0/0");
        watch.see(
                call("AuthorizeSecurityGroupIngress", Records.agent("sess_a8f3b21c"), "{\"groupId\":\"sg-9\"}"), false);

        drift().sweep("i1");
        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("sess_a8f3b21c", alert.session().id());
        assertEquals("jordan", alert.session().developer());
        assertEquals("sg-9", alert.resource().id());
        assertTrue(AlertText.body(alert).contains("jordan"), () -> AlertText.body(alert));
    }

    @Test
    void aFightOverDriftStopsNobodyWhoeverChangedTheGroupLast() {
        stage.limits = stage.limits.with(new RevertLimits(1, false));
        for (int i = 1; i <= 2; i++) {
            put("sgr-new-" + i, 3388 + i, "0.0.0.0/0");
            watch.see(
                    call("AuthorizeSecurityGroupIngress", Records.agent("sess_a8f3b21c"), "{\"groupId\":\"sg-9\"}"),
                    false);
            Answer answer = drift().sweep("i" + i).getFirst();
            assertEquals("sess_a8f3b21c", answer.finding().session().id());
            assertEquals(
                    i == 1 ? Status.APPLIED : Status.REFUSED,
                    answer.outcomes().getFirst().status());
        }
        assertEquals(List.of(), stage.revocations.all());
    }

    @Test
    void inModeObserveTheSameDriftIsToldOnceAndAgainWhenSomethingHasChangedSince() {
        stage.controls.set(Mode.OBSERVE);
        put("sgr-new", 3389, "0.0.0.0/0");

        assertEquals(
                Status.OBSERVED,
                drift().sweep("i1").getFirst().outcomes().getFirst().status());
        stage.pass(Duration.ofHours(1));
        assertTrue(drift().sweep("i2").getFirst().duplicate());
        assertEquals(1, stage.outbox.alerts().size());
        put("sgr-more", 23, "0.0.0.0/0");
        stage.pass(Duration.ofHours(1));
        drift().sweep("i3");
        assertEquals(2, stage.outbox.alerts().size());
    }

    @Test
    void whatIsTaggedAsProtectedAndWasNeverApprovedIsToldAndLeftAlone() {
        approvals.withdraw(GROUP);
        put("sgr-new", 3389, "0.0.0.0/0");

        Answer answer = drift().answer(event("backstop-security-group-baseline", GROUP), "i1")
                .getFirst();
        assertEquals(Status.REFUSED, answer.outcomes().getFirst().status());
        assertTrue(answer.outcomes().getFirst().message().contains("backstop baseline approve sg-9"));
        assertEquals(3, stage.aws.securityGroups().rules("sg-9").size());
    }

    @Test
    void whatBreaksARuleOfAwssOwnIsTold() {
        Resource bucket = new Resource("AWS::S3::Bucket", "reports", "us-east-1", Records.ACCOUNT);
        drift().answer(event("backstop-bucket-public-read", bucket), "i1");

        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("AWS Config: bucket-public-read is broken", alert.rule().title());
        assertEquals(bucket, alert.resource());
        assertTrue(AlertText.body(alert).contains("reports"), () -> AlertText.body(alert));
    }

    @Test
    void aPersonsTagApprovesAndAnAgentsDoesNothing() {
        put("sgr-new", 3389, "0.0.0.0/0");
        assertEquals(0, tags.take(tagged("CreateTags", Records.agent("sess_a8f3b21c"))));
        assertEquals(1, drift().sweep("i1").size());

        put("sgr-new", 3389, "0.0.0.0/0");
        assertEquals(1, tags.take(tagged("CreateTags", MARIA)));
        assertEquals(List.of(), drift().sweep("i2"));
        assertEquals("CHG-4711", approvals.of(GROUP).orElseThrow().reason());
    }

    @Test
    void onlyAPersonUnprotectsByTakingTheTagAway() {
        put("sgr-new", 3389, "0.0.0.0/0");
        assertEquals(0, tags.take(tagged("DeleteTags", Records.agent("sess_a8f3b21c"))));
        assertEquals(2, approvals.all().size());
        assertEquals(1, tags.take(tagged("DeleteTags", MARIA)));

        assertEquals(List.of(), drift().sweep("i1"));
    }

    private DriftWatch drift() {
        Line line = new Line(
                _ -> stage.aws,
                stage.sessions,
                stage.timeline,
                stage.journal,
                stage.controls,
                stage.history,
                stage.revoker,
                stage.reverter,
                stage.restraints,
                stage.outbox,
                stage.outbox);
        return new DriftWatch(
                line, approvals, baselines, inventory, AgentSelector.DEFAULT, stage.limits, stage, stage::pass);
    }

    /** As AWS Config puts it on the bus. */
    private ObjectNode event(String configRule, Resource resource) {
        String event = """
                {"drift":{"source":"aws.config","detail-type":"Config Rules Compliance Change","detail":{
                 "messageType":"ComplianceChangeNotification","configRuleName":"%s","resourceType":"%s","resourceId":"%s",
                 "awsRegion":"us-east-1","awsAccountId":"%s","newEvaluationResult":{"complianceType":"NON_COMPLIANT",
                 "resultRecordedTime":"%s"}}}}""".formatted(configRule, resource.type(), resource.id(), Records.ACCOUNT, stage.now);
        return (ObjectNode) Json.read(event);
    }

    private CloudTrailRecord tagged(String name, String caller) {
        return call(name, caller, """
                {"resourcesSet":{"items":[{"resourceId":"sg-9"},{"resourceId":"vpc-1"}]},
                 "tagSet":{"items":[{"key":"Name","value":"x"},{"key":"backstop:approved","value":"CHG-4711"}]}}""");
    }

    private CloudTrailRecord call(String name, String caller, String request) {
        String json = """
                {"eventID":"e-%d","eventTime":"%s","eventSource":"ec2.amazonaws.com","eventName":"%s",
                 "awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":{}}""".formatted(++made, stage.now, name, Records.ACCOUNT, caller, request);
        return CloudTrailRecord.of(Json.read(json), "test");
    }

    private void put(String id, int port, String peer) {
        stage.aws.securityGroups().put(new GroupRule(id, "sg-9", false, "tcp", port, port, peer, null));
    }
}
