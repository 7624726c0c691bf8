package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.baseline.Watched;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.DynamoBaselines;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.functions.sdk.TestTable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** The functions as they are deployed at home, over records that a further Region's outpost brought. */
class FurtherRegionTest {
    private static final String THERE = "eu-central-1";

    private final SdkClients home = MotoServer.fresh().clients();
    private final SdkClients there = home.in(THERE);
    private final BackstopTable table = TestTable.create(home);
    private final Deployed deployed = new Deployed(settings(), home);

    @Test
    void whatAnAgentAddedThereIsRevokedThere() {
        new DynamoControls(table, InstantSource.system()).set(Mode.ENFORCE);
        String group = group();
        String opened = open(group, 443);
        String other = open(group, 80);
        var rule = Records.rule(
                "security-group-opened-to-world", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);

        Answer answer = deployed.responder().respond(new Detection(rule, added(group, opened)), "invocation");

        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status(), answer::toString);
        List<String> left = ingress(group).stream()
                .map(SecurityGroupRule::securityGroupRuleId)
                .toList();
        assertEquals(List.of(other), left);
        assertTrue(home.ec2().describeSecurityGroups().securityGroups().stream()
                .noneMatch(one -> one.groupId().equals(group)));
    }

    @Test
    void whatWasThereIsKnownOfItsOwnRegion() throws IOException {
        String group = group();
        String rule = open(group, 443);
        JsonNode answer = new HandlerStage().call(handler(), "{\"survey\":true}");
        int ofHome = home.ec2().describeSecurityGroups().securityGroups().size();
        int ofBoth =
                ofHome + there.ec2().describeSecurityGroups().securityGroups().size();
        assertEquals(ofBoth, answer.path("groups").asInt());

        Optional<PriorState> known = before(group, THERE);
        assertTrue(Json.values(known.orElseThrow().configuration(), "securityGroupRules.securityGroupRuleId")
                .contains(rule));
        assertEquals(Optional.empty(), before(group, home.region().id()));
    }

    /** The look counts from the moment that EC2 must show what was before it. */
    private Optional<PriorState> before(String group, String region) {
        return new DynamoBaselines(table, InstantSource.system())
                .of(
                        new Resource(Watched.GROUP, group, region, Records.ACCOUNT),
                        Instant.now().plusSeconds(60))
                .before(Instant.now().plusSeconds(60), null);
    }

    private BaselineHandler handler() {
        return new BaselineHandler(deployed.baselines(), deployed.approval(), _ -> {});
    }

    private String group() {
        Ec2Client ec2 = there.ec2();
        String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        return ec2.createSecurityGroup(
                        request -> request.vpcId(vpc).groupName("web").description("of a test"))
                .groupId();
    }

    private String open(String group, int port) {
        IpPermission world = IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();
        return there.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(world))
                .securityGroupRules()
                .getFirst()
                .securityGroupRuleId();
    }

    private List<SecurityGroupRule> ingress(String group) {
        return there
                .ec2()
                .describeSecurityGroupRules(request -> request.filters(
                        Filter.builder().name("group-id").values(group).build()))
                .securityGroupRules()
                .stream()
                .filter(rule -> !rule.isEgress())
                .toList();
    }

    private static CloudTrailRecord added(String group, String rule) {
        String item = Records.item(rule, 443, "0.0.0.0/0").replace("sg-1", group);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String record = Json.write(Records.record(
                        "ec2",
                        "AuthorizeSecurityGroupIngress",
                        "{\"groupId\":\"" + group + "\"}",
                        "{\"securityGroupRuleSet\":{\"items\":[" + item + "]}}",
                        now)
                .json());
        return CloudTrailRecord.of(Json.read(record.replace("us-east-1", THERE)), "test");
    }

    private Settings settings() {
        String topic = home.sns()
                .createTopic(request -> request.name("backstop-alerts"))
                .topicArn();
        return Settings.of(Map.ofEntries(
                Map.entry("AWS_REGION", home.region().id()),
                Map.entry("BACKSTOP_REGIONS", "{\"regions\":[\"" + THERE + "\"]}"),
                Map.entry("BACKSTOP_ACCOUNT", Records.ACCOUNT),
                Map.entry("BACKSTOP_TABLE", table.name()),
                Map.entry("BACKSTOP_TOPIC_ARN", topic),
                Map.entry("BACKSTOP_REVOKE_FUNCTION", "backstop-revoke:live"),
                Map.entry("BACKSTOP_RESTORE_FUNCTION", "backstop-restore:live"),
                Map.entry("BACKSTOP_RESPOND_FUNCTION", "backstop-respond:live"),
                Map.entry("BACKSTOP_CANARY_ROLE", "arn:aws:iam::111122223333:role/agents/backstop-canary"),
                Map.entry("BACKSTOP_REVERTS", "{\"perHour\":5,\"ofStacks\":false}"),
                Map.entry("BACKSTOP_AGENTS", Json.write(AgentSelector.DEFAULT.toJson()))));
    }
}
