package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.SecurityGroups.Group;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevokeAddedRulesTest {
    private static final Rule RULE =
            Records.rule("opened", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);
    private static final GroupRule AGENTS = rule("sgr-agent", 443, "0.0.0.0/0");
    private static final GroupRule HUMANS = rule("sgr-human", 443, "198.51.100.0/24");

    private final LocalAws aws = new LocalAws();

    @Test
    void takesBackExactlyTheRulesOfTheCall() {
        aws.securityGroups().put(AGENTS);
        aws.securityGroups().put(HUMANS);
        RevokeGroupRules step = onlyStep(Records.authorized("[" + Records.item("sgr-agent", 443, "0.0.0.0/0") + "]"));
        step.apply(aws, step.read(aws));
        assertEquals(List.of(HUMANS), aws.securityGroups().rules("sg-1"));
        assertInstanceOf(Comparison.NothingLeft.class, step.compare(step.read(aws)));
    }

    @Test
    void aSingleItemMayStandWhereAListCould() {
        assertEquals(
                1,
                onlyStep(Records.authorized(Records.item("sgr-agent", 443, "0.0.0.0/0")))
                        .added()
                        .size());
    }

    @Test
    void aRuleGoneInTheMeantimeIsSuccess() {
        RevokeGroupRules step = onlyStep(Records.authorized(Records.item("sgr-agent", 443, "0.0.0.0/0")));
        assertInstanceOf(Comparison.NothingLeft.class, step.compare(List.of(HUMANS)));
    }

    @Test
    void aRuleThatSomebodyChangedSinceIsLeftAlone() {
        RevokeGroupRules step = onlyStep(Records.authorized(Records.item("sgr-agent", 443, "0.0.0.0/0")));
        assertInstanceOf(Comparison.MustNot.class, step.compare(List.of(rule("sgr-agent", 443, "198.51.100.0/24"))));
    }

    @Test
    void ofTwoRulesTheOneStillThereIsTakenBack() {
        String items = Records.item("sgr-gone", 80, "0.0.0.0/0") + "," + Records.item("sgr-agent", 443, "0.0.0.0/0");
        RevokeGroupRules step = onlyStep(Records.authorized("[" + items + "]"));
        aws.securityGroups().put(AGENTS);
        step.apply(aws, step.read(aws));
        assertEquals(List.of(), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void groupsAndDirectionsAreStepsOfTheirOwn() {
        String items = """
                [{"securityGroupRuleId":"sgr-1","groupId":"sg-1","isEgress":false,"ipProtocol":"-1","cidrIpv6":"::/0"},
                 {"securityGroupRuleId":"sgr-2","groupId":"sg-1","isEgress":true,"ipProtocol":"-1","cidrIpv4":"0.0.0.0/0"},
                 {"securityGroupRuleId":"sgr-3","groupId":"sg-2","isEgress":false,"ipProtocol":"-1",
                  "referencedGroupInfo":{"groupId":"sg-9"}}]""";
        Plan.Steps plan = assertInstanceOf(Plan.Steps.class, plan(Records.authorized(items)));
        assertEquals(
                List.of(
                        "revoke sgr-1 (all traffic from ::/0) from sg-1",
                        "revoke sgr-2 (all traffic to 0.0.0.0/0) from sg-1",
                        "revoke sgr-3 (all traffic from sg-9) from sg-2"),
                plan.steps().stream().map(step -> step.summary()).toList());
    }

    @Test
    void aRecordWithoutRuleIdsIsRefusedNotGuessed() {
        CloudTrailRecord old =
                Records.call("ec2", "AuthorizeSecurityGroupIngress", "{\"groupId\":\"sg-1\"}", "{\"_return\":true}");
        assertInstanceOf(Plan.Refused.class, plan(old));
    }

    @Test
    void aSecondCallDoesNotHideTheFirst() {
        RevokeGroupRules step = onlyStep(Records.authorized(Records.item("sgr-agent", 443, "0.0.0.0/0")));
        aws.securityGroups().create(new Group("sg-1", "web", "vpc-1", "of the test"));
        aws.securityGroups().put(rule("sgr-agent", 8443, "128.0.0.0/1"));
        Steps.undo(step, aws);
        assertEquals(List.of(), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void aNarrowRuleThatSomebodyWidenedIsNotThisCalls() {
        RevokeGroupRules step = onlyStep(Records.authorized(Records.item("sgr-agent", 443, "203.0.113.0/24")));
        assertInstanceOf(Comparison.MustNot.class, step.compare(List.of(AGENTS)));
    }

    @ParameterizedTest
    @CsvSource({
        "ip-permissions-443, 1, 1",
        "flat-request-published, 1, 1",
        "group-name-only, 1, 1",
        "group-name-only-flat, 1, 1",
        "several-rules-in-one-call, 1, 3",
        "ipv4-and-ipv6-in-one-permission, 1, 2",
        "halves-of-the-world, 1, 2",
        "all-protocols-without-ports, 1, 1",
        "cloudformation-for-the-agent, 1, 1"
    })
    void everyDialectOfTheRequestHasTheSameResponse(String file, int steps, int rules) throws IOException {
        Plan plan = plan(Events.matching("security-group-opened-to-world", file));
        List<RevokeGroupRules> planned =
                Steps.of(plan).stream().map(RevokeGroupRules.class::cast).toList();
        assertEquals(steps, planned.size(), file);
        assertEquals(
                rules, planned.stream().mapToInt(step -> step.added().size()).sum(), file);
        for (RevokeGroupRules step : planned) {
            aws.securityGroups().create(new Group(step.resource().id(), "web", "vpc-1", "of the test"));
            step.added().forEach(aws.securityGroups()::put);
            Steps.undo(step, aws);
            assertEquals(List.of(), aws.securityGroups().rules(step.resource().id()), file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flat-request-without-rule-ids | --group-id sg-0a1b2c3d4e5f60010 | \"FromPort\":3389",
                "ip-permissions-without-rule-ids-published | --group-id sg-0a1b2c3d4e5f60010 | \"CidrIp\":\"0.0.0.0/0\"",
                "ipv6-without-rule-ids | --group-id | \"CidrIpv6\":\"::/0\""
            })
    void aRecordWithoutRuleIdsSaysWhatToRun(String file, String group, String value) throws IOException {
        String why = Steps.refusal(plan(Events.matching("security-group-opened-to-world", file)));
        assertTrue(why.contains("aws ec2 revoke-security-group-ingress --region"), why);
        assertTrue(why.contains(group) && why.contains(value), why);
    }

    @Test
    void thePastedCommandNamesRegionGroupAndRules() {
        assertEquals(
                "aws ec2 revoke-security-group-ingress --region us-east-1 --group-id sg-1"
                        + " --security-group-rule-ids sgr-agent",
                onlyStep(Records.authorized(Records.item("sgr-agent", 443, "0.0.0.0/0")))
                        .command());
    }

    private static Plan plan(CloudTrailRecord record) {
        return new RevokeAddedRules().plan(Records.finding(RULE, record), Map.of());
    }

    private static RevokeGroupRules onlyStep(CloudTrailRecord record) {
        Plan.Steps plan = assertInstanceOf(Plan.Steps.class, plan(record));
        assertEquals(1, plan.steps().size());
        return assertInstanceOf(RevokeGroupRules.class, plan.steps().getFirst());
    }

    private static GroupRule rule(String id, int port, String cidr) {
        return new GroupRule(id, "sg-1", false, "tcp", port, port, cidr, null);
    }
}
