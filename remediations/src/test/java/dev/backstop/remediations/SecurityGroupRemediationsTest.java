package dev.backstop.remediations;

import static dev.backstop.remediations.RestoreRevokedRulesTest.baseline;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.SecurityGroups.Group;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions of rules, and groups created and deleted. */
class SecurityGroupRemediationsTest {
    private static final GroupRule OFFICE =
            new GroupRule("sgr-office", "sg-1", false, "tcp", 443, 443, "198.51.100.0/24", "the office");
    private static final GroupRule EVERYTHING_OUT =
            new GroupRule("sgr-out", "sg-1", true, "-1", -1, -1, "0.0.0.0/0", null);

    private final LocalAws aws = new LocalAws();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ipPermissions\":{\"items\":[{\"ipProtocol\":\"tcp\",\"fromPort\":443,\"toPort\":443,\"ipRanges\":{\"items\":["
                        + "{\"cidrIp\":\"198.51.100.0/24\",\"description\":\"temporary\"}]}}]}",
                "\"securityGroupRuleDescriptions\":{\"items\":[{\"securityGroupRuleId\":\"sgr-office\","
                        + "\"description\":\"temporary\"}]}"
            })
    void aDescriptionGoesBackInBothDialects(String rules) {
        aws.securityGroups().put(OFFICE.describedAs("temporary"));
        Steps.undo(Steps.only(described(rules, baseline(OFFICE))), aws);
        assertEquals(List.of(OFFICE), aws.securityGroups().rules("sg-1"));
    }

    @ParameterizedTest
    @CsvSource({"the office, already", "somebody's, otherwise"})
    void aDescriptionThatSomebodyWroteSinceIsLeftAlone(String now, String answer) {
        aws.securityGroups().put(OFFICE.describedAs(now));
        Step<?> step = Steps.only(described(TEMPORARY, baseline(OFFICE)));
        if (answer.equals("already")) {
            Steps.assertDone(step, aws);
        } else {
            assertEquals("somebody described them otherwise since", Steps.mustNot(step, aws));
        }
    }

    @Test
    void aDescriptionThatWasNotThereIsTakenAway() {
        aws.securityGroups().put(OFFICE.describedAs("temporary"));
        Steps.undo(Steps.only(described(TEMPORARY, baseline(OFFICE.describedAs(null)))), aws);
        assertEquals(List.of(OFFICE.describedAs(null)), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void aDescribedRuleThatIsGoneIsSuccess() {
        Steps.assertDone(Steps.only(described(TEMPORARY, baseline(OFFICE))), aws);
    }

    @Test
    void descriptionsOfUnknownRulesAreNotGuessed() {
        assertTrue(Steps.refusal(described(TEMPORARY, null)).startsWith("prior state unknown"));
        assertTrue(Steps.refusal(described(TEMPORARY, baseline())).startsWith("prior state unknown"));
    }

    @Test
    void anEventOfTheCatalogueIsRead() throws IOException {
        CloudTrailRecord record = Events.ignored("security-group-opened-to-world", "only-the-description");
        GroupRule web = new GroupRule("", "sg-0a1b2c3d4e5f60010", false, "tcp", 443, 443, "0.0.0.0/0", "site");
        Plan plan = Steps.plan(new RestoreRuleDescriptions(), record, baseline(web));
        assertTrue(Steps.only(plan).command().contains("\"Description\":\"site\""));
    }

    @Test
    void aCreatedGroupThatNothingUsesIsDeleted() {
        created();
        Steps.undo(Steps.only(create()), aws);
        assertTrue(aws.securityGroups().group("sg-1").isEmpty());
    }

    @Test
    void aCreatedGroupThatIsUsedIsLeft() {
        created();
        aws.securityGroups().carry("eni-1", "sg-1");
        assertEquals("the group is used by eni-1", Steps.mustNot(Steps.only(create()), aws));
    }

    @Test
    void aCreatedGroupThatHasRulesByNowIsLeft() {
        created();
        aws.securityGroups().put(OFFICE);
        assertTrue(Steps.mustNot(Steps.only(create()), aws).startsWith("the group has rules by now"));
    }

    @Test
    void aCreatedGroupThatIsGoneIsSuccess() {
        Steps.assertDone(Steps.only(create()), aws);
    }

    @Test
    void aGroupThatTheRecordDoesNotNameIsNotGuessed() {
        CloudTrailRecord record = Records.call("ec2", "CreateSecurityGroup", "{\"groupName\":\"web\"}", "null");
        Steps.refusal(Steps.plan(new DeleteCreatedGroup(), record, null));
    }

    @Test
    void aDeletedGroupIsForAPersonWithTheExactCommands() {
        GroupRule itself = new GroupRule("sgr-self", "sg-1", false, "-1", -1, -1, "sg-1", null);
        GroupRule mail = new GroupRule("sgr-mail", "sg-1", true, "tcp", 25, 25, "198.51.100.25/32", null);
        Step<?> step = Steps.only(deleted("{\"groupId\":\"sg-1\"}", baseline(OFFICE, itself, mail)));
        assertTrue(Steps.mustNot(step, aws).startsWith("cannot be undone"));
        assertEquals(
                "id=$(aws ec2 create-security-group --region us-east-1 --vpc-id vpc-1 --group-name web --description"
                        + " 'of a test' --query GroupId --output text)"
                        + " && aws ec2 authorize-security-group-ingress --region us-east-1 --group-id \"$id\""
                        + " --ip-permissions '[{\"IpProtocol\":\"tcp\",\"FromPort\":443,\"ToPort\":443,\"IpRanges\":["
                        + "{\"CidrIp\":\"198.51.100.0/24\",\"Description\":\"the office\"}]},"
                        + "{\"IpProtocol\":\"-1\",\"UserIdGroupPairs\":[{\"GroupId\":\"'\"$id\"'\"}]}]'"
                        + " && aws ec2 revoke-security-group-egress --region us-east-1 --group-id \"$id\""
                        + " --ip-permissions '[{\"IpProtocol\":\"-1\",\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}]}]'"
                        + " && aws ec2 authorize-security-group-egress --region us-east-1 --group-id \"$id\""
                        + " --ip-permissions '[{\"IpProtocol\":\"tcp\",\"FromPort\":25,\"ToPort\":25,\"IpRanges\":["
                        + "{\"CidrIp\":\"198.51.100.25/32\"}]}]'",
                step.command());
        assertTrue(Steps.show(step, aws).startsWith("web in vpc-1 had the rules tcp 443 from 198.51.100.0/24"));
    }

    @Test
    void aGroupWithTheUsualEgressNeedsNoCommandForIt() {
        Step<?> step = Steps.only(deleted("{\"groupId\":\"sg-1\"}", baseline(EVERYTHING_OUT)));
        assertTrue(step.command().endsWith("--query GroupId --output text)"), step.command());
    }

    @Test
    void aGroupThatSomebodyMadeAgainIsSuccess() {
        aws.securityGroups().create(new Group("sg-2", "web", "by hand", "vpc-1"));
        Steps.assertDone(Steps.only(deleted("{\"groupId\":\"sg-1\"}", baseline(OFFICE))), aws);
    }

    @Test
    void aGroupDeletedByNameIsKnownByTheResponse() {
        CloudTrailRecord record = Records.call(
                "ec2", "DeleteSecurityGroup", "{\"groupName\":\"web\"}", "{\"_return\":true,\"groupId\":\"sg-1\"}");
        Plan plan = Steps.plan(new ReportDeletedGroup(), record, baseline(OFFICE));
        assertEquals("sg-1", Steps.only(plan).resource().id());
        assertTrue(Steps.refusal(deleted("{\"groupName\":\"web\"}", null)).contains("by its id"));
    }

    @Test
    void aDeletedGroupOfWhichNothingIsKnownIsSaidSo() {
        assertTrue(Steps.refusal(deleted("{\"groupId\":\"sg-1\"}", null)).startsWith("prior state unknown"));
    }

    private static final String TEMPORARY = "\"ipPermissions\":{\"items\":[{\"ipProtocol\":\"tcp\",\"fromPort\":443,"
            + "\"toPort\":443,\"ipRanges\":{\"items\":[{\"cidrIp\":\"198.51.100.0/24\",\"description\":\"temporary\"}]}}]}";

    private static Plan described(String rules, @Nullable String prior) {
        CloudTrailRecord record = Records.call(
                "ec2",
                "UpdateSecurityGroupRuleDescriptionsIngress",
                "{\"groupId\":\"sg-1\"," + rules + "}",
                "{\"_return\":true}");
        return Steps.plan(new RestoreRuleDescriptions(), record, prior);
    }

    private void created() {
        aws.securityGroups().create(new Group("sg-1", "web", "of a test", "vpc-1"));
        aws.securityGroups().put(EVERYTHING_OUT);
    }

    private static Plan create() {
        CloudTrailRecord record = Records.call(
                "ec2",
                "CreateSecurityGroup",
                "{\"groupName\":\"web\",\"groupDescription\":\"of a test\",\"vpcId\":\"vpc-1\"}",
                "{\"_return\":true,\"groupId\":\"sg-1\"}");
        return Steps.plan(new DeleteCreatedGroup(), record, null);
    }

    private static Plan deleted(String request, @Nullable String prior) {
        CloudTrailRecord record = Records.call("ec2", "DeleteSecurityGroup", request, "{\"_return\":true}");
        return Steps.plan(new ReportDeletedGroup(), record, prior);
    }
}
