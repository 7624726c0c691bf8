package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalBaselines;
import dev.backstop.core.memory.LocalCallHistory;
import dev.backstop.core.memory.LocalDatabases;
import dev.backstop.core.memory.LocalInventory;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.Buckets.Grant;
import dev.backstop.core.port.CallHistory;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.Watchers.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS's own Config rules find, from the event that AWS documents to the state read back. */
class ViolationsTest {
    private static final Resource ACCOUNT = resource("AWS::::Account", Records.ACCOUNT);
    private static final Resource BUCKET = resource("AWS::S3::Bucket", "reports");
    private static final Resource GROUP = resource("AWS::EC2::SecurityGroup", "sg-9");
    private static final Resource DATABASE = resource("AWS::RDS::DBInstance", LocalDatabases.resourceId("orders-db"));
    private static final Resource WEB = resource("AWS::EC2::Instance", "i-1");
    private static final String MAIN = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
    private static final String OTHER = "arn:aws:cloudtrail:us-east-1:111122223333:trail/other";
    private static final String AGENT = Records.agent("sess_a8f3b21c");
    private static final String MARIA = "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/maria\"}";
    private static final String PUBLIC = """
            {"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"}]}""";

    private final Stage stage = new Stage();
    private final LocalApprovals approvals = new LocalApprovals();
    private final LocalBaselines baselines = new LocalBaselines();
    private final LocalInventory inventory = new LocalInventory(stage.aws, stage);
    private final LocalCallHistory calls = new LocalCallHistory();
    private final BaselineWatch watch = new BaselineWatch(
            baselines,
            inventory,
            new BaselineWatch.Place(Records.ACCOUNT, "us-east-1"),
            AgentSelector.DEFAULT,
            stage,
            stage::pass);
    private String kept = "2026-11-01T00:00:00Z";
    private int made;

    @BeforeEach
    void makeThings() {
        stage.aws.buckets().create("reports");
        stage.aws.instances().put(new Instance("i-1", "t3.micro", "stopped", Map.of()));
        put("sgr-web", 443, "0.0.0.0/0");
        stage.aws.watchers().put(Kind.TRAIL, MAIN, true);
        database("false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trail-enabled",
                "bucket-public-read",
                "bucket-public-write",
                "open-ports",
                "desired-instance-type",
                "metadata-v2",
                "database-public"
            })
    void whatKeepsToTheRuleAgainIsNoFinding(String rule) {
        assertEquals(List.of(), broken(rule, about(rule)));
        assertEquals(List.of(), stage.outbox.alerts());
    }

    @Test
    void theTrailThatWasStoppedLastLogsAgainWhoeverStoppedIt() {
        stage.aws.watchers().put(Kind.TRAIL, MAIN, false);
        stage.aws.watchers().put(Kind.TRAIL, OTHER, false);
        stopped(OTHER, OTHER, AGENT);
        stage.pass(Duration.ofHours(3));
        stopped("main", "main", MARIA);
        stage.pass(Duration.ofHours(20));

        Answer answer = broken("trail-enabled", ACCOUNT).getFirst();
        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status(), answer::toString);
        assertEquals(Map.of(MAIN, true, OTHER, false), stage.aws.watchers().trails());
        assertEquals(
                "arn:aws:iam::111122223333:user/maria",
                answer.finding().record().caller().arn());
    }

    @Test
    void theOnlyTrailLogsAgainAlsoWhereNobodyIsKnownToHaveStoppedIt() {
        stage.aws.watchers().put(Kind.TRAIL, MAIN, false);

        broken("trail-enabled", ACCOUNT);
        assertEquals(Map.of(MAIN, true), stage.aws.watchers().trails());
    }

    @Test
    void whichOfSeveralTrailsIsToLogIsNotGuessed() {
        stage.aws.watchers().put(Kind.TRAIL, MAIN, false);
        stage.aws.watchers().put(Kind.TRAIL, OTHER, false);

        broken("trail-enabled", ACCOUNT);
        assertEquals(Map.of(MAIN, false, OTHER, false), stage.aws.watchers().trails());
        assertTrue(why().contains("aws cloudtrail start-logging --region us-east-1 --name " + OTHER), this::why);
    }

    @Test
    void whereThereIsNoTrailAPersonMakesOne() {
        stage.aws.watchers().delete(Kind.TRAIL, MAIN);

        broken("trail-enabled", ACCOUNT);
        assertTrue(why().contains("There is no trail any more"), this::why);
    }

    @Test
    void aBucketThatAnAgentOpenedGetsItsFormerPolicyBack() {
        stage.aws.buckets().putPolicy("reports", PUBLIC);
        called(
                BUCKET.id(),
                "s3",
                "PutBucketPolicy",
                AGENT,
                "{\"bucketName\":\"reports\",\"bucketPolicy\":" + PUBLIC + "}");
        ObjectNode before = Json.object();
        before.putObject("supplementaryConfiguration").putObject("BucketPolicy").putNull("policyText");
        stage.history.capture(BUCKET, new PriorState(before, stage.now.minusSeconds(900), "config"));
        stage.pass(Duration.ofMinutes(4));

        Answer answer = broken("bucket-public-read", BUCKET).getFirst();
        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status(), answer::toString);
        assertEquals(Optional.empty(), stage.aws.buckets().policy("reports"));
        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("sess_a8f3b21c", alert.session().id());
        assertEquals("jordan", alert.session().developer());
        assertEquals("reports", alert.resource().id());
    }

    @Test
    void aBucketThatAnAgentOpenedIsBlockedWhereNothingSaysHowItWas() {
        open();
        called(BUCKET.id(), "s3", "PutBucketAcl", AGENT, "{\"bucketName\":\"reports\",\"x-amz-acl\":\"public-read\"}");
        stage.pass(Duration.ofMinutes(4));

        broken("bucket-public-read", BUCKET);
        assertEquals(Block.all(), stage.aws.buckets().block("reports"));
        assertEquals(List.of(), broken("bucket-public-write", BUCKET), "read afresh");
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void aBucketThatAPersonOpenedIsToldWithTheCommandAndLeft() {
        open();
        called(BUCKET.id(), "s3", "PutBucketAcl", AGENT, "{\"bucketName\":\"reports\",\"x-amz-acl\":\"public-read\"}");
        stage.pass(Duration.ofMinutes(1));
        called(BUCKET.id(), "s3", "PutBucketAcl", MARIA, "{\"bucketName\":\"reports\",\"x-amz-acl\":\"public-read\"}");
        stage.pass(Duration.ofMinutes(4));

        Answer answer = broken("bucket-public-read", BUCKET).getFirst();
        assertEquals(Set.of(), stage.aws.buckets().block("reports"));
        assertEquals(1, answer.outcomes().size(), "told, and nothing else");
        assertEquals(
                "arn:aws:iam::111122223333:user/maria",
                answer.finding().record().caller().arn());
        assertTrue(why().contains("aws s3api put-public-access-block --region us-east-1 --bucket reports"), this::why);
    }

    @Test
    void aBucketThatNobodyIsKnownToHaveOpenedIsLeftToo() {
        open();

        broken("bucket-public-read", BUCKET);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"));
        assertTrue(why().contains("No recorded call says who made it so"), this::why);
    }

    @Test
    void anAgentsCallIsNotBelievedWhileALaterOneMayNotBeToldYet() {
        open();
        agentOpens();
        stage.pass(Duration.ofMinutes(2));
        JsonNode event = event("bucket-public-read", BUCKET);
        stage.pass(CallHistory.BEHIND.minusSeconds(1));

        answered(event);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"));
        assertTrue(why().contains("is an agent's, but need not be what AWS Config saw (PutBucketAcl at "), this::why);
        Alert alert = stage.outbox.alerts().getFirst();
        assertTrue(!alert.session().id().contains("sess_a8f3b21c"), "named for what it may not have done");
    }

    @Test
    void anAgentsCallThatIsOlderThanAWordOfConfigsThatAllIsWellDoesNotExplainIt() {
        open();
        agentOpens();
        stage.pass(Duration.ofMinutes(5));
        kept = stage.now.toString();
        stage.pass(Duration.ofMinutes(5));

        broken("bucket-public-read", BUCKET);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"));
        assertTrue(why().contains("need not be what AWS Config saw"), this::why);
    }

    @Test
    void anAgentsCallAfterConfigsWordDoesNotExplainItEither() {
        open();
        JsonNode event = event("bucket-public-read", BUCKET);
        stage.pass(Duration.ofMinutes(1));
        agentOpens();
        stage.pass(CallHistory.BEHIND);

        answered(event);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "yesterday"})
    void withoutAFormerEvaluationNoCallExplainsIt(String recorded) {
        kept = recorded;
        open();
        agentOpens();

        broken("bucket-public-read", BUCKET);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"));
    }

    @Test
    void whatAPersonHadMadeAgainStays() {
        open();
        agentOpens();
        stage.pass(Duration.ofMinutes(10));
        String guard = """
                {"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/backstop-respond/x","sessionContext":
                 {"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/backstop-respond"}}}""";
        CloudTrailRecord again = call("s3", "PutBucketAcl", guard, "{\"bucketName\":\"reports\"}", "{}");
        stage.pass(Duration.ofMinutes(2));
        JsonNode event = event("bucket-public-read", BUCKET);

        answered(event);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"), "the history does not have it yet");
        stage.pass(CallHistory.BEHIND);
        calls.add("reports", again);
        answered(event);
        assertEquals(Set.of(), stage.aws.buckets().block("reports"), "and now it has");
    }

    @Test
    void aDatabaseOfAHistoryThatLagsIsLeft() {
        database("true");
        called("orders-db", "rds", "ModifyDBInstance", AGENT, "{\"publiclyAccessible\":true}");
        stage.pass(Duration.ofMinutes(4));

        Answer answer = answered(event("database-public", DATABASE)).getFirst();
        assertEquals(1, answer.outcomes().size(), "told, and nothing else");
        assertTrue(why().contains("need not be what AWS Config saw (ModifyDBInstance at "), this::why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Federated\":\"cognito-identity.amazonaws.com\"}",
                "{\"AWS\":[\"arn:aws:iam::444455556666:root\",\"*\"]}",
                "\"*\""
            })
    void aPolicyThatConfigCallsPublicIsToldHoweverItSaysSo(String principal) {
        policyFor(principal);

        assertEquals(1, broken("bucket-public-read", BUCKET).size());
        assertTrue(why().contains("aws s3api put-public-access-block"), this::why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"AWS\":\"arn:aws:iam::444455556666:root\"}",
                "{\"Service\":\"cloudtrail.amazonaws.com\"}",
                "{\"CanonicalUser\":\"75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a\"}"
            })
    void aPolicyForNamedOnesAloneIsNoFinding(String principal) {
        policyFor(principal);

        assertEquals(List.of(), broken("bucket-public-read", BUCKET));
    }

    @Test
    void aDatabaseThatAnAgentMadePublicIsMadePrivateAgain() {
        database("true");
        String request = "{\"dBInstanceIdentifier\":\"orders-db\",\"publiclyAccessible\":true}";
        String response = "{\"dBInstanceIdentifier\":\"orders-db\",\"publiclyAccessible\":false}";
        calls.add("orders-db", call("rds", "ModifyDBInstance", AGENT, request, response));
        stage.pass(Duration.ofMinutes(4));

        Answer answer = broken("database-public", DATABASE).getFirst();
        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status(), answer::toString);
        assertEquals("jordan", stage.outbox.alerts().getFirst().session().developer());
        assertEquals(List.of(), broken("database-public", DATABASE));
    }

    @Test
    void aDatabaseThatAPersonMadePublicIsToldWithTheCommandAndLeft() {
        database("true");
        called("orders-db", "rds", "ModifyDBInstance", MARIA, "{\"publiclyAccessible\":true}");

        Answer answer = broken("database-public", DATABASE).getFirst();
        assertEquals(1, answer.outcomes().size(), "told, and nothing else");
        assertEquals("orders-db", stage.outbox.alerts().getFirst().resource().id());
        assertTrue(why().contains("--db-instance-identifier orders-db --no-publicly-accessible"), this::why);
    }

    @Test
    void whatIsApprovedGoesBackToThatAndNothingElse() {
        approve(GROUP);
        approve(WEB);
        assertEquals(List.of(), broken("open-ports", GROUP), "people approved the port");
        put("sgr-new", 22, "0.0.0.0/0");
        stage.aws.instances().changeType("i-1", "m5.24xlarge");

        assertTrue(broken("open-ports", GROUP).getFirst().contained());
        assertTrue(broken("desired-instance-type", WEB).getFirst().contained());
        assertEquals(1, stage.aws.securityGroups().rules("sg-9").size());
        assertEquals(
                "t3.micro",
                stage.aws.instances().describe(Set.of("i-1")).getFirst().type());
    }

    @Test
    void aPortThatNobodyApprovedIsToldWithTheCommandThatClosesIt() {
        put("sgr-new", 22, "0.0.0.0/0");
        put("sgr-own", 5432, "10.0.0.0/8");
        watch.see(call("ec2", "AuthorizeSecurityGroupIngress", AGENT, "{\"groupId\":\"sg-9\"}", """
                {"securityGroupRuleSet":{"items":[{"groupId":"sg-9","securityGroupRuleId":"sgr-new"}]}}"""), false);

        broken("open-ports", GROUP);
        assertEquals(3, stage.aws.securityGroups().rules("sg-9").size());
        assertEquals("jordan", stage.outbox.alerts().getFirst().session().developer());
        assertTrue(why().contains("revoke-security-group-ingress") && why().contains("sgr-new"), this::why);
        assertTrue(!why().contains("sgr-own") && !why().contains("sgr-web"), this::why);
        assertTrue(why().contains("./backstop baseline approve sg-9"), this::why);
    }

    @Test
    void aTypeThatIsNotAllowedIsToldWithTheFormerOneWhereTheBaselineKnowsIt() {
        watch.survey();
        stage.pass(Duration.ofMinutes(1));
        stage.aws.instances().changeType("i-1", "m5.24xlarge");
        watch.see(call("ec2", "ModifyInstanceAttribute", AGENT, """
                {"instanceId":"i-1","instanceType":{"value":"m5.24xlarge"}}""", "{}"), false);
        stage.pass(Duration.ofMinutes(5));

        broken("desired-instance-type", WEB);
        assertTrue(why().contains("t3.micro"), this::why);
        assertEquals(
                "m5.24xlarge",
                stage.aws.instances().describe(Set.of("i-1")).getFirst().type());
    }

    @Test
    void aTypeThatWasNeverKnownToBeAnotherIsNoGuess() {
        stage.aws.instances().changeType("i-1", "m5.24xlarge");
        watch.survey();
        stage.pass(Duration.ofMinutes(5));

        broken("desired-instance-type", WEB);
        assertTrue(why().contains("prior state unknown"), this::why);
    }

    /** As the event is answered where it has waited until the event history must know. */
    private List<Answer> broken(String rule, Resource resource) {
        JsonNode event = event(rule, resource);
        stage.pass(CallHistory.BEHIND);
        return answered(event);
    }

    private List<Answer> answered(JsonNode event) {
        DriftWatch drift = new DriftWatch(
                stage.line(),
                approvals,
                baselines,
                inventory,
                calls,
                AgentSelector.DEFAULT,
                stage.limits,
                stage,
                stage::pass);
        return drift.answer(event, "i" + ++made);
    }

    /** In the shape of https://docs.aws.amazon.com/config/latest/developerguide/example-config-rule-compliance-notification.html. */
    private JsonNode event(String rule, Resource resource) {
        return Json.read("""
                {"drift":{"version":"0","id":"e1","detail-type":"Config Rules Compliance Change","source":"aws.config",
                 "account":"%3$s","time":"%4$s","region":"us-east-1","resources":[],"detail":{
                 "resourceId":"%2$s","awsRegion":"us-east-1","awsAccountId":"%3$s","configRuleName":"backstop-%1$s",
                 "configRuleARN":"arn:aws:config:us-east-1:%3$s:config-rule/config-rule-9rpvxc","recordVersion":"1.0",
                 "messageType":"ComplianceChangeNotification","resourceType":"%5$s","notificationCreationTime":"%4$s",
                 "newEvaluationResult":{"evaluationResultIdentifier":{"evaluationResultQualifier":{
                 "configRuleName":"backstop-%1$s","resourceType":"%5$s","resourceId":"%2$s"},"orderingTimestamp":"%4$s"},
                 "complianceType":"NON_COMPLIANT","resultRecordedTime":"%4$s","configRuleInvokedTime":"%4$s"},
                 "oldEvaluationResult":{"complianceType":"COMPLIANT","resultRecordedTime":"%6$s"}}},
                 "allowed":{"instanceTypes":["t3.micro","t3.small"],"tcpPorts":[443]}}""".formatted(rule, resource.id(), Records.ACCOUNT, stage.now, resource.type(), kept));
    }

    private static Resource about(String rule) {
        return switch (rule) {
            case "trail-enabled" -> ACCOUNT;
            case "bucket-public-read", "bucket-public-write" -> BUCKET;
            case "open-ports" -> GROUP;
            case "database-public" -> DATABASE;
            default -> WEB;
        };
    }

    private void open() {
        Acl acl = stage.aws.buckets().acl("reports").orElseThrow();
        stage.aws.buckets().putAcl("reports", new Acl(acl.owner(), Set.of(new Grant(Grant.EVERYBODY, "READ"))));
    }

    private void agentOpens() {
        called(BUCKET.id(), "s3", "PutBucketAcl", AGENT, "{\"bucketName\":\"reports\",\"x-amz-acl\":\"public-read\"}");
    }

    private void policyFor(String principal) {
        stage.aws.buckets().putPolicy("reports", """
                {"Statement":[{"Effect":"Allow","Principal":%s,"Action":"s3:GetObject","Resource":"*"}]}""".formatted(principal));
    }

    private void database(String reachable) {
        stage.aws
                .databases()
                .put(new Database(
                        "orders-db",
                        "available",
                        Map.of(Setting.PUBLICLY_ACCESSIBLE, reachable),
                        Map.of(),
                        false,
                        Map.of()));
    }

    private void stopped(String name, String known, String caller) {
        called(known, "cloudtrail", "StopLogging", caller, "{\"name\":\"" + name + "\"}");
    }

    private void called(String about, String service, String name, String caller, String request) {
        calls.add(about, call(service, name, caller, request, "{}"));
    }

    private CloudTrailRecord call(String service, String name, String caller, String request, String response) {
        String json = """
                {"eventID":"e-%d","eventTime":"%s","eventSource":"%s.amazonaws.com","eventName":"%s",
                 "awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":%s}""".formatted(++made, stage.now, service, name, Records.ACCOUNT, caller, request, response);
        return CloudTrailRecord.of(Json.read(json), "test");
    }

    private void approve(Resource resource) {
        approvals.keep(new Approval(
                resource, inventory.look(resource).orElseThrow().configuration(), stage.now, "maria", "as reviewed"));
    }

    private void put(String id, int port, String peer) {
        stage.aws.securityGroups().put(new GroupRule(id, "sg-9", false, "tcp", port, port, peer, null));
    }

    private String why() {
        return stage.outbox.alerts().getFirst().rule().why();
    }

    private static Resource resource(String type, String id) {
        return new Resource(type, id, "us-east-1", Records.ACCOUNT);
    }
}
