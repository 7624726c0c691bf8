package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.SdkClients;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.s3.S3Client;

/** The commands that act on an account, on a local AWS. */
final class AccountTest {
    private static final String ROLE = "agent-deploy-role";
    private final LocalAccount account = LocalAccount.open();
    private final SdkClients clients = account.clients();

    @BeforeEach
    void createARole() {
        clients.iam().createRole(role -> role.roleName(ROLE).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": []}"""));
    }

    @AfterEach
    void leaveTheLocalAws() {
        account.close();
    }

    @Test
    void withoutAStackAnOpenedGroupIsClosedAndTheHumansRuleStays() {
        Group group = openGroup();
        Run run = Run.with(group.events(Instant.now()), "respond", "--mode", "enforce", "-");
        assertEquals(0, run.exit(), run.err());
        assertEquals(List.of(group.humans), rules(group.id));
        JsonNode revert = outcomes(run, "revert").getFirst();
        assertEquals("applied", revert.path("status").asText());
        assertTrue(revert.path("verified").asBoolean(), run.out());
        assertEquals(
                "applied", outcomes(run, "revoke").getFirst().path("status").asText());
        assertEquals(
                1,
                clients.iam()
                        .listRolePolicies(r -> r.roleName(ROLE))
                        .policyNames()
                        .size());
        assertEquals(1, count(run.err(), "the table backstop in .* is not there"), run.err());
        assertEquals(1, count(run.err(), "the topic backstop-alerts in .* is not there"), run.err());
        assertEquals(1, count(run.err(), "CRITICAL: \\S+ opened sg-\\S+ to the world"), run.err());

        Run again = Run.with(group.events(Instant.now()), "respond", "--mode", "enforce", "-");
        assertEquals(
                "already-done",
                outcomes(again, "revert").getFirst().path("status").asText());
        assertEquals(0, again.exit(), again.err());
    }

    @Test
    void observingChangesNothingAndIsWhatHappensUnlessSaidOtherwise() {
        Group group = openGroup();
        Run run = Run.with(group.events(Instant.now()), "respond", "-");
        assertEquals(0, run.exit(), run.err());
        assertEquals(
                "observed", outcomes(run, "revert").getFirst().path("status").asText());
        assertEquals(
                "observed", outcomes(run, "revoke").getFirst().path("status").asText());
        assertEquals(2, rules(group.id).size());
    }

    /** As in a replay of the same records, and as the deployed functions do which saw all calls. */
    @Test
    void whatASessionCreatedInTheSameRecordsItMayDelete() {
        String named = "\"sessionContext\":{\"sourceIdentity\":\"sess_a8f3b21c\",";
        String deleted = Json.write(
                Records.called("e-2", "ec2", "DeleteVolume", "10:10:00Z", "{\"volumeId\":\"vol-1\"}", "null"));
        String created =
                Json.write(Records.called("e-1", "ec2", "CreateVolume", "10:05:00Z", "{}", "{\"volumeId\":\"vol-1\"}"));
        String both = (deleted + "\n" + created)
                .replace("\"sessionContext\":{", named)
                .replace("111122223333", "123456789012");

        Run own = Run.with(both, "respond", "-");
        assertEquals(0, own.exit(), own.err());
        assertEquals(
                "info: Volume deleted, vol-1 (rule high; the session deleted what it had created itself)",
                outcomes(own, "alert").getFirst().path("message").asText());
        String another = both.replaceFirst("\"volumeId\":\"vol-1\"", "\"volumeId\":\"vol-2\"");
        Run other = Run.with(another, "respond", "-");
        assertEquals(
                "high: Volume deleted, vol-2",
                outcomes(other, "alert").getFirst().path("message").asText());
    }

    @Test
    void withTheTableTheSwitchCountsAndASecondRunIsADuplicate() {
        account.createTable();
        Group group = openGroup();
        Run observed = Run.with(group.events(Instant.now()), "respond", "-");
        assertEquals(
                "observed",
                outcomes(observed, "revert").getFirst().path("status").asText());
        assertFalse(observed.err().contains("the table backstop"), observed.err());

        assertEquals("all rules: observe\n", Run.of("mode").out());
        assertEquals("all rules: enforce\n", Run.of("mode", "enforce").out());
        Run acted = Run.with(group.events(Instant.now()), "respond", "-");
        assertEquals(
                "applied", outcomes(acted, "revert").getFirst().path("status").asText());
        assertEquals(List.of(group.humans), rules(group.id));

        Run again = Run.with(group.events(Instant.now()), "respond", "-");
        assertTrue(outcomes(again, "revert").getFirst().path("duplicate").asBoolean(), again.out());
    }

    @Test
    void oneRuleMayDiffer() {
        account.createTable();
        Run run = Run.of("mode", "enforce", "--rule", "trail-stopped");
        assertEquals("trail-stopped: enforce\n", run.out());
        assertEquals(
                "all rules: observe\nbut trail-stopped: enforce\n",
                Run.of("mode").out());
    }

    @Test
    void withoutTheTableThereIsNoSwitch() {
        Run run = Run.of("mode", "enforce");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("is not there: deploy the stack"), run.err());
    }

    @Test
    void oldCallsAndOtherAccountsAreNotActedOn() {
        Group group = openGroup();
        Instant old = Instant.now().minusSeconds(7_200);
        Run run = Run.with(group.events(old), "respond", "--mode", "enforce", "-");
        assertEquals(
                "refused", outcomes(run, "revert").getFirst().path("status").asText());
        assertTrue(run.out().contains("the call is 2 h old"), run.out());
        Run wider = Run.with(group.events(old), "respond", "--mode", "observe", "--max-age", "1d", "-");
        assertEquals(
                "observed", outcomes(wider, "revert").getFirst().path("status").asText());

        String elsewhere = Json.write(
                Records.opened("e-9", group.id, group.agents, Instant.now().toString(), "999988887777", "eu-west-1"));
        Run other = Run.with(elsewhere, "respond", "--mode", "enforce", "-");
        assertEquals(
                "refused", outcomes(other, "revert").getFirst().path("status").asText());
        assertEquals(2, rules(group.id).size());
    }

    @Test
    void withoutCredentialsOneLineSaysWhatToDo() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        Run run = Run.of("mode");
        assertEquals(2, run.exit(), run.err());
        assertEquals(
                "backstop mode: AWS: credentials: there are none that work: aws configure, aws sso login, or set"
                        + " AWS_PROFILE (--debug shows where they were looked for)\n",
                run.err());
        assertTrue(Run.of("mode", "--debug").err().contains("Unable to load credentials from any of the providers"));
    }

    @Test
    void anEndpointThatIsNotThereIsNoMatterOfCredentials() {
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
        Run run = Run.of("mode");
        assertEquals(2, run.exit(), run.err());
        assertTrue(run.err().startsWith("backstop mode: AWS: endpoint: cannot be asked: "), run.err());
        assertTrue(run.err().contains("AWS_ENDPOINT_URL right"), run.err());
    }

    @Test
    void badInputIsNotHalfDone() {
        Group group = openGroup();
        String cut = group.events(Instant.now()).substring(0, 300);
        Run run = Run.with(cut, "respond", "--mode", "enforce", "-");
        assertEquals(2, run.exit(), run.err());
        assertEquals("", run.out());
        assertEquals(2, rules(group.id).size());
    }

    @Test
    void theDoctorNamesWhatIsMissingAndItsRemedy() {
        Run run = Run.of("doctor");
        assertEquals(1, run.exit(), run.err());
        assertTrue(run.out().startsWith("ok       credentials: "), run.out());
        for (String check : List.of("trail", "stack", "roles")) {
            assertTrue(count(run.out(), "problem  " + check + ": .*; .*") > 0, run.out());
        }
        assertEquals(
                1, count(run.out(), "problem  stack: nothing of Backstop is in [^;]*; deploy the stack"), run.out());
        assertEquals(0, count(run.out(), "(table|topic|functions|rules|heartbeat|alarms|global):"), "one line says it");
        Run json = Run.of("doctor", "--json");
        json.lines().forEach(line -> assertTrue(Json.read(line).hasNonNull("check"), line));
    }

    @Test
    void ofHalfAStackTheDoctorNamesEveryPartThatIsMissing() {
        account.createTable();
        Run run = Run.of("doctor");
        for (String check : List.of("topic", "functions", "rules", "global")) {
            assertTrue(count(run.out(), "problem  " + check + ": .*; .*") > 0, check + " of " + run.out());
        }
    }

    @Test
    void theDoctorNamesAgentRolesWithoutTheBoundary() {
        String remedy = "aws iam put-role-permissions-boundary --role-name " + ROLE
                + " --permissions-boundary arn:aws:iam::123456789012:policy/agents/backstop-boundary";
        clients.iam().createRole(role -> role.roleName("production").assumeRolePolicyDocument("{}"));
        Run run = Run.of("doctor");
        assertTrue(run.out().contains("problem  roles: " + ROLE + " does not carry the agents' boundary"), run.out());
        assertTrue(run.out().contains(remedy), run.out());
        assertFalse(run.out().contains("production"), run.out());

        String policy = clients.iam()
                .createPolicy(request ->
                        request.path("/agents/").policyName("backstop-boundary").policyDocument("""
                        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"""))
                .policy()
                .arn();
        clients.iam().createRole(role -> role.roleName("reader")
                .path("/agents/")
                .permissionsBoundary(policy)
                .assumeRolePolicyDocument("{}"));
        clients.iam().deleteRole(role -> role.roleName(ROLE));
        Run well = Run.of("doctor");
        assertTrue(well.out().contains("ok       roles: reader carries the agents' boundary"), well.out());
    }

    @Test
    void theDoctorSeesATrailATableAndASubscription() {
        account.createTable();
        clients.ready(S3Client.builder().forcePathStyle(true)).createBucket(bucket -> bucket.bucket("logs"));
        var trails = clients.ready(CloudTrailClient.builder());
        trails.createTrail(trail -> trail.name("all").s3BucketName("logs").isMultiRegionTrail(true));
        // AWS answers this selector for a trail that has none of its own; moto answers nothing.
        EventSelector management = EventSelector.builder()
                .includeManagementEvents(true)
                .readWriteType(ReadWriteType.ALL)
                .build();
        trails.putEventSelectors(request -> request.trailName("all").eventSelectors(management));
        assertTrue(Run.of("doctor").out().contains("problem  trail: all is not logging"));
        trails.startLogging(trail -> trail.name("all"));
        String topic = clients.sns()
                .createTopic(request -> request.name("backstop-alerts"))
                .topicArn();
        assertTrue(Run.of("doctor").out().contains("nobody is subscribed"));
        clients.sns()
                .subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:eu-west-1:123456789012:q"));
        Run run = Run.of("doctor");
        assertTrue(run.out().contains("ok       trail: all logs all management events in all Regions"), run.out());
        assertTrue(run.out().contains("ok       table: is there; mode observe (backstop mode"), run.out());
        Run.of("mode", "enforce", "--rule", "trail-stopped");
        assertEquals(1, count(Run.of("doctor").out(), "is there; mode observe, but enforce for trail-stopped"));
        assertTrue(run.out().contains("ok       topic: "), run.out());
    }

    private Group openGroup() {
        String id = clients.ec2()
                .createSecurityGroup(request -> request.groupName("web").description("web"))
                .groupId();
        return new Group(id, open(id, "0.0.0.0/0"), open(id, "203.0.113.7/32"));
    }

    private String open(String groupId, String range) {
        IpPermission permission = IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(443)
                .toPort(443)
                .ipRanges(IpRange.builder().cidrIp(range).build())
                .build();
        return clients.ec2()
                .authorizeSecurityGroupIngress(
                        request -> request.groupId(groupId).ipPermissions(permission))
                .securityGroupRules()
                .getFirst()
                .securityGroupRuleId();
    }

    private List<String> rules(String groupId) {
        Filter group = Filter.builder().name("group-id").values(groupId).build();
        return clients.ec2().describeSecurityGroupRules(request -> request.filters(group)).securityGroupRules().stream()
                .filter(rule -> !rule.isEgress())
                .map(SecurityGroupRule::securityGroupRuleId)
                .toList();
    }

    private static List<JsonNode> outcomes(Run run, String action) {
        return run.lines().stream()
                .map(Json::read)
                .filter(outcome -> outcome.path("action").asText().equals(action))
                .toList();
    }

    private static long count(String text, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return text.lines().filter(line -> wanted.matcher(line).find()).count();
    }

    /** A group, the rule that the agent added to it, and the one that a person did. */
    private record Group(String id, String agents, String humans) {
        String events(Instant at) {
            ObjectNode opened = Records.opened("e-1", id, agents, at.toString(), "123456789012", "eu-west-1");
            ObjectNode byHuman =
                    Records.byHuman(Records.opened("e-2", id, humans, at.toString(), "123456789012", "eu-west-1"));
            return Json.write(opened) + "\n" + Json.write(byHuman) + "\n";
        }
    }
}
