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
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalBaselines;
import dev.backstop.core.memory.LocalCallHistory;
import dev.backstop.core.memory.LocalInventory;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import dev.backstop.functions.message.AlertText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    private final LocalCallHistory calls = new LocalCallHistory();
    private final TagApproval tags =
            new TagApproval(approvals, baselines, inventory, stage.outbox, AgentSelector.DEFAULT, stage, stage::pass);
    private final BaselineWatch watch = new BaselineWatch(
            baselines,
            inventory,
            new BaselineWatch.Place(Records.ACCOUNT, "us-east-1"),
            AgentSelector.DEFAULT,
            stage,
            stage::pass);
    private Duration slow = Duration.ZERO;
    private int made;

    @BeforeEach
    void approve() {
        put("sgr-web", 443, "10.0.0.0/16");
        put("sgr-ssh", 22, "10.0.0.0/16");
        stage.aws.instances().put(new Instance("i-1", "t3.micro", "stopped", Map.of()));
        stage.aws.networkInterfaces().attach("i-1", new NetworkInterface("eni-1", "vpc-1", Set.of("sg-9"), true));
        approve(GROUP);
        approve(WEB);
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
    void whatIsTaggedAsProtectedIsToldAgainWhenConfigSaysItAnew() {
        approvals.withdraw(GROUP);
        ObjectNode event = event("backstop-security-group-baseline", GROUP);
        drift().answer(event, "i1");
        assertTrue(drift().answer(event, "i2").getFirst().duplicate());
        assertEquals(1, stage.outbox.alerts().size());

        stage.pass(Duration.ofDays(3));
        drift().answer(event("backstop-security-group-baseline", GROUP), "i3");
        assertEquals(2, stage.outbox.alerts().size(), "the tag was taken away meanwhile, and set again");
    }

    @Test
    void theAlertNamesWhoChangedWhatDiffersRatherThanWhoChangedItLast() {
        put("sgr-new", 3389, "0.0.0.0/0");
        watch.see(authorized(Records.agent("sess_a8f3b21c"), "sgr-new"), false);
        stage.pass(Duration.ofMinutes(5));
        watch.see(authorized(MARIA, "sgr-other"), false);

        drift().sweep("i1");
        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("sess_a8f3b21c", alert.session().id());
        assertTrue(!alert.rule().why().contains("no recorded call"), alert.rule()::why);
    }

    @Test
    void whereNoRecordedCallTouchedWhatDiffersTheAlertSaysSo() {
        put("sgr-new", 3389, "0.0.0.0/0");
        watch.see(authorized(Records.agent("sess_a8f3b21c"), "sgr-other"), false);

        drift().sweep("i1");
        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("sess_a8f3b21c", alert.session().id());
        assertTrue(alert.rule().why().contains("no recorded call says who changed what differs"), alert.rule()::why);
    }

    @Test
    void aSweepLooksAtAllOfFiveHundredAtOnce() {
        for (int group = 0; group < 500; group++) {
            stage.aws
                    .securityGroups()
                    .put(new GroupRule("sgr-" + group, "sg-x" + group, false, "tcp", 22, 22, "10.0.0.0/8", null));
            approve(new Resource(GROUP.type(), "sg-x" + group, "us-east-1", Records.ACCOUNT));
        }
        assertEquals(List.of(), drift().sweep("i0"));
        for (int group : List.of(0, 250, 499)) {
            stage.aws
                    .securityGroups()
                    .put(new GroupRule("sgr-new" + group, "sg-x" + group, false, "tcp", 23, 23, "0.0.0.0/0", null));
        }
        assertEquals(3, drift().sweep("i1").size());
    }

    @Test
    void whatOneSweepLeavesForWantOfTimeOneOfTheNextAnswers() {
        stage.controls.set(Mode.OBSERVE);
        Set<String> told = new TreeSet<>();
        for (int group = 0; group < 20; group++) {
            Resource resource = new Resource(GROUP.type(), "sg-x" + group, "us-east-1", Records.ACCOUNT);
            stage.aws
                    .securityGroups()
                    .put(new GroupRule("sgr-" + group, resource.id(), false, "tcp", 22, 22, "10.0.0.0/8", null));
            approve(resource);
            stage.aws
                    .securityGroups()
                    .put(new GroupRule("sgr-n" + group, resource.id(), false, "tcp", 23, 23, "0.0.0.0/0", null));
        }
        slow = Duration.ofSeconds(9);
        for (int sweep = 0; sweep < 12; sweep++) {
            List<Answer> answers = drift().sweep("i" + sweep);
            assertTrue(answers.size() < 10, () -> answers.size() + " in a minute");
            answers.forEach(answer -> told.add(answer.finding().resource().id()));
            stage.pass(Duration.ofHours(1));
        }
        assertEquals(20, told.size(), told::toString);
    }

    @Test
    void aTagDoesNotApproveWhatAnybodyChangedAboutThen() {
        watch.survey();
        stage.pass(Duration.ofMinutes(5));
        CloudTrailRecord tag = tagged("CreateTags", MARIA);
        stage.pass(Duration.ofSeconds(2));
        put("sgr-new", 3389, "0.0.0.0/0");
        CloudTrailRecord change = authorized(Records.agent("sess_a8f3b21c"), "sgr-new");
        stage.onPause = () -> {
            stage.onPause = () -> {};
            watch.see(change, false);
        };

        assertEquals(0, tags.take(tag));
        assertEquals("as reviewed", approvals.of(GROUP).orElseThrow().reason());
        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("approval-refused", alert.rule().id());
        assertEquals("sg-9", alert.resource().id());
        assertTrue(
                alert.rule().why().contains("assumed-role/agent-deploy-role/sess_a8f3b21c changed it"),
                alert.rule()::why);

        stage.pass(Duration.ofMinutes(5));
        assertEquals(1, tags.take(tagged("CreateTags", MARIA)), "looked at, and tagged again");
        assertEquals("CHG-4711", approvals.of(GROUP).orElseThrow().reason());
    }

    @Test
    void aTagDoesNotApproveWhatNoRecordedCallHasMade() {
        watch.survey();
        stage.pass(Duration.ofMinutes(5));
        CloudTrailRecord tag = tagged("CreateTags", MARIA);
        put("sgr-new", 3389, "0.0.0.0/0");

        assertEquals(0, tags.take(tag));
        String why = stage.outbox.alerts().getFirst().rule().why();
        assertTrue(why.contains("since when it is so: tcp 3389 from 0.0.0.0/0 is not approved"), why);
    }

    @Test
    void aTagApprovesWhatAPersonChangedBefore() {
        watch.survey();
        put("sgr-new", 3389, "10.0.0.0/8");
        watch.see(authorized(MARIA, "sgr-new"), false);
        stage.pass(Duration.ofSeconds(10));

        assertEquals(1, tags.take(tagged("CreateTags", MARIA)));
        assertEquals(List.of(), stage.outbox.alerts());
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

    private void approve(Resource resource) {
        approvals.keep(new Approval(
                resource, inventory.look(resource).orElseThrow().configuration(), stage.now, "maria", "as reviewed"));
    }

    private CloudTrailRecord authorized(String caller, String ruleId) {
        String response = "{\"securityGroupRuleSet\":{\"items\":[{\"groupId\":\"sg-9\",\"securityGroupRuleId\":\""
                + ruleId + "\"}]}}";
        return call("AuthorizeSecurityGroupIngress", caller, "{\"groupId\":\"sg-9\"}", response);
    }

    private DriftWatch drift() {
        return new DriftWatch(
                stage.line(),
                approvals,
                slowly(),
                inventory,
                calls,
                AgentSelector.DEFAULT,
                stage.limits,
                stage,
                stage::pass);
    }

    /** As long as answering may take, also what has been answered before. */
    private Baselines slowly() {
        return new Baselines() {
            @Override
            public void keep(Resource resource, Change change) {
                baselines.keep(resource, change);
            }

            @Override
            public void keep(Resource resource, Capture capture) {
                baselines.keep(resource, capture);
            }

            @Override
            public Baseline of(Resource resource, Instant until) {
                stage.pass(slow);
                return baselines.of(resource, until);
            }
        };
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
        return call(name, caller, request, "{}");
    }

    private CloudTrailRecord call(String name, String caller, String request, String response) {
        String json = """
                {"eventID":"e-%d","eventTime":"%s","eventSource":"ec2.amazonaws.com","eventName":"%s",
                 "awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":%s}""".formatted(++made, stage.now, name, Records.ACCOUNT, caller, request, response);
        return CloudTrailRecord.of(Json.read(json), "test");
    }

    private void put(String id, int port, String peer) {
        stage.aws.securityGroups().put(new GroupRule(id, "sg-9", false, "tcp", port, port, peer, null));
    }
}
