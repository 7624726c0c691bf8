package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.Response;
import dev.backstop.core.contract.Samples;
import dev.backstop.core.port.Remakes.Order;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Remaker;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Restraints;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.sdk.SeenCalls.Seen;
import dev.backstop.remediations.Remediations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** What a security group finding costs in calls once a function is warm, and that it calls what it declares. */
class WarmCallsTest {
    private static final String REVERT = "revoke-added-security-group-rules";
    private static final String PUBLISH = "sns:Publish";
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse(Records.TIME).plusSeconds(4));

    private final SdkClients clients = MotoServer.fresh().clients();
    private final BackstopTable table = TestTable.create(clients);
    private final DynamoControls controls = new DynamoControls(table, CLOCK);
    private final DynamoSessionRegistry sessions = new DynamoSessionRegistry(table, CLOCK);
    private final Responder responder = responder();

    /**
     * Tags among the one, the breaker among the other: what nothing exempts and nobody fights over is to be known, and what
     * would make the change again is to be kept before it is undone.
     */
    @Test
    void fourCallsToTheServiceAndFourToTheTableBeforeTheAlert() {
        open();
        respond("cold", added(false));

        CloudTrailRecord call = added(false);
        Seen warm = SeenCalls.during(() -> respond("warm", call));

        assertTrue(warm.before(PUBLISH, "ec2").size() <= 4, warm::toString);
        assertTrue(warm.before(PUBLISH, "dynamodb").size() <= 4, warm::toString);
        assertEquals(0, warm.clientsBuilt(), warm::toString);
    }

    @Test
    void callsWhatItDeclaresAndNothingElse() {
        open();
        CloudTrailRecord ingress = added(false);
        CloudTrailRecord egress = added(true);
        Seen seen = SeenCalls.during(() -> {
            respond("ingress", ingress);
            respond("egress", egress);
            again(ingress.eventId() + "#ingress", egress.eventId() + "#egress");
        });

        Set<String> remediation = Remediations.named(REVERT).orElseThrow().permissions().stream()
                .map(Permission::action)
                .collect(Collectors.toSet());
        assertTrue(DynamoTimeline.ACTIONS.contains("dynamodb:BatchWriteItem"));
        // Of the registry's actions only the look-up is respond's; keeping sessions is another function's.
        assertTrue(DynamoSessionRegistry.ACTIONS.contains("dynamodb:BatchGetItem"));
        Set<String> declared = Stream.of(
                        remediation,
                        Set.of("ec2:DescribeTags"),
                        DynamoBreaker.ACTIONS,
                        Set.of("dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"),
                        DynamoJournal.ACTIONS,
                        DynamoControls.READ_ACTIONS,
                        SnsAlertChannel.ACTIONS,
                        SdkAccountName.ACTIONS,
                        EventBridgeBus.ACTIONS)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        // Only a group without any rule is asked for: one that is gone has none either.
        declared.remove("ec2:DescribeSecurityGroups");
        Set<String> called = new TreeSet<>(seen.calls());
        called.remove("ec2:DescribeSecurityGroups");
        assertEquals(declared, called);
    }

    private void again(String... findings) {
        Remaker remaker =
                new Remaker(_ -> new SdkAws(clients), new DynamoJournal(table, CLOCK), _ -> List.of(), CLOCK, _ -> {});
        List<Outcome> outcomes = remaker.remake(new Order(List.of(findings), Mode.ENFORCE, "operator-1", Instant.MAX));
        assertEquals(2, outcomes.stream().filter(Outcome::contained).count(), outcomes::toString);
    }

    /** Makes what the stack and the session feed would have made. */
    private void open() {
        controls.set(Mode.ENFORCE);
        IssuedSession.of(Records.issued("sess_a8f3b21c", "jordan", "backend-api"), AgentSelector.DEFAULT)
                .ifPresent(sessions::keep);
    }

    private void respond(String ruleId, CloudTrailRecord record) {
        var rule = Records.rule(ruleId, REVERT, Response.ALERT, Response.REVERT, Response.REVOKE);
        Answer answer = responder.respond(new Detection(rule, record), ruleId);
        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status(), answer::toString);
    }

    private Responder responder() {
        String topic =
                clients.sns().createTopic(request -> request.name("alerts")).topicArn();
        SdkAws aws = new SdkAws(clients);
        Line line = new Line(
                _ -> aws,
                sessions,
                new DynamoTimeline(table, CLOCK),
                new DynamoJournal(table, CLOCK),
                controls,
                new ConfigHistory(clients.config()),
                _ -> List.of(Samples.outcome(Status.APPLIED, "denied")),
                _ -> List.of(),
                new Restraints(new DynamoBreaker(table), new DynamoForgedTags(table)),
                new SnsAlertChannel(
                        clients.sns(),
                        topic,
                        new Letterhead("docs/runbook.md", ":live", new SdkAccountName(clients::iam))),
                new EventBridgeBus(clients.eventBridge()));
        return new Responder(line, AgentSelector.DEFAULT, Limits.in(Records.ACCOUNT), CLOCK, _ -> {});
    }

    /** The record of a rule for the world that was really added to a group of its own. */
    private CloudTrailRecord added(boolean egress) {
        Ec2Client ec2 = clients.ec2();
        String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        String group = ec2.createSecurityGroup(request ->
                        request.vpcId(vpc).groupName("g" + System.nanoTime()).description("of a test"))
                .groupId();
        IpPermission world = IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(443)
                .toPort(443)
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();
        String id = egress
                ? ec2.authorizeSecurityGroupEgress(
                                request -> request.groupId(group).ipPermissions(world))
                        .securityGroupRules()
                        .getFirst()
                        .securityGroupRuleId()
                : ec2.authorizeSecurityGroupIngress(
                                request -> request.groupId(group).ipPermissions(world))
                        .securityGroupRules()
                        .getFirst()
                        .securityGroupRuleId();
        String item = Records.item(id, 443, "0.0.0.0/0")
                .replace("sg-1", group)
                .replace("\"isEgress\":false", "\"isEgress\":" + egress);
        return Records.call(
                "ec2",
                egress ? "AuthorizeSecurityGroupEgress" : "AuthorizeSecurityGroupIngress",
                "{\"groupId\":\"" + group + "\"}",
                "{\"securityGroupRuleSet\":{\"items\":[" + item + "]}}");
    }
}
