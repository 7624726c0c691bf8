package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.SecurityGroups.Group;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreRevokedRulesTest {
    private static final GroupRule OFFICE =
            new GroupRule("sgr-office", "sg-1", false, "tcp", 443, 443, "198.51.100.0/24", "the office");
    private static final GroupRule WORLD =
            new GroupRule("sgr-web", "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", "public website");
    private static final GroupRule MAIL = new GroupRule("sgr-mail", "sg-1", true, "tcp", 25, 25, "pl-0123", null);
    private static final GroupRule PEER = new GroupRule("sgr-peer", "sg-1", false, "-1", -1, -1, "sg-9", "ours");

    private final LocalAws aws = new LocalAws();

    RestoreRevokedRulesTest() {
        aws.securityGroups().create(new Group("sg-1", "web", "of a test", "vpc-1"));
    }

    @Test
    void putsBackWhatTheCallRemovedDescriptionAndAll() {
        Steps.undo(Steps.only(plan(revoked(OFFICE), null)), aws);
        assertEquals(List.of(OFFICE.withId("")), withoutIds());
    }

    @Test
    void directionsAndPeersOfEveryKindComeBack() {
        for (var step : Steps.of(plan(revoked(OFFICE, MAIL, PEER), null))) {
            Steps.undo(step, aws);
        }
        assertEquals(List.of(OFFICE.withId(""), PEER.withId(""), MAIL.withId("")), withoutIds());
    }

    @Test
    void whatSomebodyPutBackSinceIsSuccess() {
        aws.securityGroups().put(OFFICE.withId("sgr-new").describedAs("by hand"));
        Steps.assertDone(Steps.only(plan(revoked(OFFICE), null)), aws);
    }

    @Test
    void ofTwoRulesTheOneStillMissingComesBack() {
        aws.securityGroups().put(OFFICE.withId("sgr-new"));
        Steps.undo(Steps.only(plan(revoked(OFFICE, PEER), null)), aws);
        assertEquals(List.of(OFFICE.withId(""), PEER.withId("")), withoutIds());
    }

    @Test
    void intoAGroupThatIsGoneNothingIsPut() {
        aws.securityGroups().delete("sg-1");
        assertEquals("the group is gone", Steps.mustNot(Steps.only(plan(revoked(OFFICE), null)), aws));
    }

    @Test
    void nobodyIsLetInWhomNothingSaysPeopleWanted() {
        var step = Steps.only(plan(revoked(WORLD), null));
        assertTrue(Steps.mustNot(step, aws).startsWith("prior state unknown"));
        assertTrue(step.command().contains("authorize-security-group-ingress"), step.command());
    }

    @Test
    void aWorldRuleThatWasThereBeforeComesBack() {
        Steps.undo(Steps.only(plan(revoked(WORLD), baseline(WORLD))), aws);
        assertEquals(List.of(WORLD.withId("")), withoutIds());
    }

    @Test
    void configKnowsItByWhatItAllowed() {
        String item = """
                {"groupName":"web","vpcId":"vpc-1","ipPermissions":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,
                 "ipv6Ranges":[],"prefixListIds":[],"userIdGroupPairs":[],"ipRanges":["0.0.0.0/0"],
                 "ipv4Ranges":[{"cidrIp":"0.0.0.0/0","description":"public website"}]}],"ipPermissionsEgress":[]}""";
        Steps.undo(Steps.only(plan(revoked(WORLD), item)), aws);
        assertEquals(List.of(WORLD.withId("")), withoutIds());
    }

    @Test
    void theSessionMayCleanUpAfterItself() {
        var step = Steps.only(plan(revoked(OFFICE), baseline(WORLD)));
        assertTrue(Steps.mustNot(step, aws).contains("cleaning up after itself"));
    }

    @Test
    void whatTheSessionChangedFirstComesBackAsItWasBefore() {
        GroupRule opened = new GroupRule("sgr-office", "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", null);
        Steps.undo(Steps.only(plan(revoked(opened), baseline(OFFICE))), aws);
        assertEquals(List.of(OFFICE.withId("")), withoutIds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"groupId\":\"sg-1\",\"ipProtocol\":\"6\",\"fromPort\":443,\"toPort\":443,\"cidrIp\":\"198.51.100.7/24\"}",
                "{\"groupId\":\"sg-1\",\"ipPermissions\":{\"items\":[{\"ipProtocol\":\"tcp\",\"fromPort\":443,\"toPort\":443,"
                        + "\"groups\":{},\"ipRanges\":{\"items\":[{\"cidrIp\":\"198.51.100.0/24\"}]},\"ipv6Ranges\":{},"
                        + "\"prefixListIds\":{}}]}}",
                "{\"groupId\":\"sg-1\",\"ipPermissions\":{},\"securityGroupRuleIds\":{\"items\":["
                        + "{\"securityGroupRuleId\":\"sgr-office\"}]}}"
            })
    void whereTheResponseListsNothingPriorStateSaysWhatWasThere(String request) {
        CloudTrailRecord record = Records.call("ec2", "RevokeSecurityGroupIngress", request, "{\"_return\":true}");
        Steps.undo(Steps.only(plan(record, baseline(OFFICE, MAIL))), aws);
        assertEquals(List.of(OFFICE.withId("")), withoutIds());
        assertTrue(Steps.refusal(plan(record, null)).startsWith("prior state unknown"));
    }

    @Test
    void inADefaultVpcACallSucceedsForWhatIsNotThere() {
        CloudTrailRecord record = Records.call("ec2", "RevokeSecurityGroupIngress", """
                {"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,
                 "ipRanges":{"items":[{"cidrIp":"203.0.113.0/24"}]}}]}}""", """
                {"_return":true,"unknownIpPermissionSet":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,
                 "ipRanges":{"items":[{"cidrIp":"203.0.113.0/24"}]}}]}}""");
        assertTrue(Steps.refusal(plan(record, baseline(OFFICE))).startsWith("prior state unknown"));
    }

    @Test
    void aGroupNamedByItsNameIsNotGuessed() {
        String request = "{\"groupName\":\"default\",\"cidrIp\":\"198.51.100.0/24\",\"ipProtocol\":\"tcp\"}";
        CloudTrailRecord record = Records.call("ec2", "RevokeSecurityGroupIngress", request, "{\"_return\":true}");
        assertTrue(Steps.refusal(plan(record, baseline(OFFICE))).startsWith("prior state unknown"));
    }

    @Test
    void theCommandPutsItBackDescriptionAndAll() {
        assertEquals(
                "aws ec2 authorize-security-group-ingress --region us-east-1 --group-id sg-1 --ip-permissions "
                        + "'[{\"IpProtocol\":\"tcp\",\"FromPort\":443,\"ToPort\":443,\"IpRanges\":["
                        + "{\"CidrIp\":\"198.51.100.0/24\",\"Description\":\"the office\"}]}]'",
                Steps.only(plan(revoked(OFFICE), null)).command());
    }

    @Test
    void aPublishedShapeIsRead() throws IOException {
        CloudTrailRecord record = Events.ignored("security-group-opened-to-world", "the-world-revoked");
        var step = Steps.only(plan(record, null));
        assertEquals(
                "put back tcp 443 from 0.0.0.0/0 (was sgr-0a1b2c3d4e5f80002) into sg-0a1b2c3d4e5f60010",
                step.summary());
    }

    private List<GroupRule> withoutIds() {
        return aws.securityGroups().rules("sg-1").stream()
                .map(rule -> rule.withId(""))
                .toList();
    }

    private static Plan plan(CloudTrailRecord record, @Nullable String prior) {
        return Steps.plan(new RestoreRevokedRules(), record, prior);
    }

    static CloudTrailRecord revoked(GroupRule... rules) {
        String items = List.of(rules).stream()
                .map(rule -> rule.toJson().toString())
                .map(json -> json.replaceAll(
                        "\"referencedGroupInfo\":\\{\"groupId\":(\"[^\"]*\")}", "\"referencedGroupId\":$1"))
                .toList()
                .toString();
        return Records.call(
                "ec2",
                rules[0].egress() ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress",
                "{\"groupId\":\"" + rules[0].groupId() + "\",\"ipPermissions\":{}}",
                "{\"_return\":true,\"revokedSecurityGroupRuleSet\":{\"items\":" + items + "}}");
    }

    /** A group's state as the baseline keeps it, with rule ids. */
    static String baseline(GroupRule... rules) {
        String all = List.of(rules).stream()
                .map(rule -> rule.toJson().toString())
                .toList()
                .toString();
        return "{\"groupName\":\"web\",\"description\":\"of a test\",\"vpcId\":\"vpc-1\",\"securityGroupRules\":" + all
                + "}";
    }
}
