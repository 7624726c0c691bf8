package dev.backstop.remediations;

import static dev.backstop.remediations.RestoreRevokedRulesTest.baseline;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalAws;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestoreModifiedRulesTest {
    private static final GroupRule OFFICE =
            new GroupRule("sgr-office", "sg-1", false, "tcp", 443, 443, "198.51.100.0/24", "the office");
    private static final GroupRule OPENED =
            new GroupRule("sgr-office", "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", null);
    private static final GroupRule MAIL =
            new GroupRule("sgr-mail", "sg-1", true, "tcp", 25, 25, "198.51.100.25/32", null);
    private static final GroupRule SPAM = new GroupRule("sgr-mail", "sg-1", true, "-1", -1, -1, "0.0.0.0/0", null);

    private final LocalAws aws = new LocalAws();

    @Test
    void givesARuleItsValuesBackUnderItsId() {
        aws.securityGroups().put(OPENED);
        Steps.undo(Steps.only(plan(one(), baseline(OFFICE, MAIL))), aws);
        assertEquals(List.of(OFFICE), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void severalRulesOfOneCallInBothDirections() {
        aws.securityGroups().put(OPENED);
        aws.securityGroups().put(SPAM);
        Steps.undo(Steps.only(plan(two(), baseline(OFFICE, MAIL))), aws);
        assertEquals(List.of(OFFICE, MAIL), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void aRuleGoneInTheMeantimeIsSuccess() {
        Steps.assertDone(Steps.only(plan(one(), baseline(OFFICE))), aws);
    }

    @Test
    void aRuleThatSomebodyChangedSinceIsLeftAlone() {
        aws.securityGroups().put(new GroupRule("sgr-office", "sg-1", false, "tcp", 443, 443, "203.0.113.0/24", null));
        String why = Steps.mustNot(Steps.only(plan(one(), baseline(OFFICE))), aws);
        assertEquals("sgr-office was changed by somebody since, and is left alone", why);
    }

    @Test
    void aRuleThatSomebodyChangedBackIsSuccess() {
        aws.securityGroups().put(OFFICE.describedAs("by hand"));
        Steps.assertDone(Steps.only(plan(one(), baseline(OFFICE))), aws);
    }

    @Test
    void theOneStillChangedGoesBackAndTheOtherIsLeftAlone() {
        GroupRule byHand = new GroupRule("sgr-mail", "sg-1", true, "tcp", 25, 25, "203.0.113.0/24", null);
        aws.securityGroups().put(OPENED);
        aws.securityGroups().put(byHand);
        var step = Steps.only(plan(two(), baseline(OFFICE, MAIL)));
        apply(step);
        assertEquals(List.of(OFFICE, byHand), aws.securityGroups().rules("sg-1"));
        assertTrue(Steps.mustNot(step, aws).startsWith("sgr-mail was changed"));
    }

    @Test
    void whereSomebodyAddedTheOldRuleAgainTheChangedOneGoes() {
        GroupRule again = OFFICE.withId("sgr-again");
        aws.securityGroups().put(OPENED);
        aws.securityGroups().put(again);
        RestoreRuleValues step = (RestoreRuleValues) Steps.only(plan(one(), baseline(OFFICE)));
        List<GroupRule> found = Steps.make(step, aws);
        assertEquals(List.of(again), aws.securityGroups().rules("sg-1"));

        step.again(found).forEach(each -> Steps.make(each, aws));
        assertEquals(
                List.of(again, OPENED.withId("sgr-00000000000000001")),
                aws.securityGroups().rules("sg-1"));
    }

    @Test
    void rulesThatWereSwappedAreSwappedBack() {
        GroupRule ssh = new GroupRule("sgr-ssh", "sg-1", false, "tcp", 22, 22, "198.51.100.0/24", null);
        aws.securityGroups().put(OFFICE.withId("sgr-ssh"));
        aws.securityGroups().put(ssh.withId("sgr-office"));
        CloudTrailRecord record = modified("""
                [{"SecurityGroupRuleId":"sgr-office","tag":1,"SecurityGroupRule":{"CidrIpv4":"198.51.100.0/24",
                  "FromPort":22,"ToPort":22,"IpProtocol":"tcp"}},
                 {"SecurityGroupRuleId":"sgr-ssh","tag":2,"SecurityGroupRule":{"CidrIpv4":"198.51.100.0/24",
                  "FromPort":443,"ToPort":443,"IpProtocol":"tcp"}}]""");
        Steps.undo(Steps.only(plan(record, baseline(OFFICE, ssh))), aws);
        assertEquals(List.of(ssh, OFFICE), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void onlyADescriptionGoesBackToo() {
        aws.securityGroups().put(OFFICE.describedAs("temporary"));
        CloudTrailRecord record = modified("""
                {"SecurityGroupRuleId":"sgr-office","tag":1,"SecurityGroupRule":{"CidrIpv4":"198.51.100.0/24",
                 "FromPort":443,"ToPort":443,"IpProtocol":"tcp","Description":"temporary"}}""");
        Steps.undo(Steps.only(plan(record, baseline(OFFICE))), aws);
        assertEquals(List.of(OFFICE), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void blocksWrittenWithHostBitsAreTheSame() {
        aws.securityGroups().put(OPENED);
        CloudTrailRecord record = modified("""
                {"SecurityGroupRuleId":"sgr-office","tag":1,"SecurityGroupRule":{"CidrIpv4":"208.236.235.254/0",
                 "FromPort":"443","ToPort":"443","IpProtocol":"6"}}""");
        Steps.undo(Steps.only(plan(record, baseline(OFFICE))), aws);
        assertEquals(List.of(OFFICE), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void withoutPriorStateThereIsNoGuess() {
        String why = Steps.refusal(plan(one(), null));
        assertTrue(why.startsWith("prior state unknown") && why.contains("sgr-office (now tcp 443"), why);
    }

    @Test
    void configKeepsNoIdsSoWhichRuleItWasIsForAPersonToSay() {
        String item = """
                {"ipPermissions":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,
                 "ipv4Ranges":[{"cidrIp":"198.51.100.0/24"}]}],"ipPermissionsEgress":[]}""";
        String why = Steps.refusal(plan(one(), item));
        assertTrue(why.endsWith("its rules were, without ids: tcp 443 from 198.51.100.0/24"), why);
    }

    @Test
    void oneRuleOfUnknownOriginDoesNotKeepTheOtherFromGoingBack() {
        aws.securityGroups().put(OPENED);
        aws.securityGroups().put(SPAM);
        var steps = Steps.of(plan(two(), baseline(OFFICE)));
        assertEquals(2, steps.size());
        Steps.undo(steps.get(0), aws);
        assertTrue(Steps.mustNot(steps.get(1), aws).startsWith("prior state unknown"));
        assertEquals(List.of(OFFICE, SPAM), aws.securityGroups().rules("sg-1"));
    }

    @Test
    void theCommandGivesTheSameRuleItsValues() {
        assertEquals(
                "aws ec2 modify-security-group-rules --region us-east-1 --group-id sg-1 --security-group-rules "
                        + "'[{\"SecurityGroupRuleId\":\"sgr-office\",\"SecurityGroupRule\":{\"IpProtocol\":\"tcp\","
                        + "\"FromPort\":443,\"ToPort\":443,\"CidrIpv4\":\"198.51.100.0/24\",\"Description\":\"the office\"}}]'",
                Steps.only(plan(one(), baseline(OFFICE))).command());
    }

    @Test
    void theEventsOfTheRuleAreRead() throws IOException {
        GroupRule first = new GroupRule(
                "sgr-0a1b2c3d4e5f60001", "sg-0a1b2c3d4e5f60010", false, "tcp", 443, 443, "10.0.0.0/8", null);
        GroupRule second = first.withId("sgr-0a1b2c3d4e5f60002");
        for (String file :
                List.of("one-rule", "halves-of-the-world", "several-rules-ipv6", "all-protocols-without-ports")) {
            CloudTrailRecord record = Events.matching("security-group-rule-changed-to-world", file);
            Plan plan = plan(record, baseline(first, second));
            assertEquals("sg-0a1b2c3d4e5f60010", Steps.only(plan).resource().id(), file);
        }
    }

    private static CloudTrailRecord one() {
        return modified("""
                {"SecurityGroupRuleId":"sgr-office","tag":1,"SecurityGroupRule":{"CidrIpv4":"0.0.0.0/0","FromPort":443,
                 "ToPort":443,"IpProtocol":"tcp"}}""");
    }

    private static CloudTrailRecord two() {
        return modified("""
                [{"SecurityGroupRuleId":"sgr-office","tag":1,"SecurityGroupRule":{"CidrIpv4":"0.0.0.0/0",
                  "FromPort":443,"ToPort":443,"IpProtocol":"tcp"}},
                 {"SecurityGroupRuleId":"sgr-mail","tag":2,"SecurityGroupRule":{"CidrIpv4":"0.0.0.0/0",
                  "IpProtocol":"-1"}}]""");
    }

    private static CloudTrailRecord modified(String rules) {
        return Records.call(
                "ec2",
                "ModifySecurityGroupRules",
                "{\"ModifySecurityGroupRulesRequest\":{\"GroupId\":\"sg-1\",\"SecurityGroupRule\":" + rules + "}}",
                "{\"ModifySecurityGroupRulesResponse\":{\"return\":true}}");
    }

    private static Plan plan(CloudTrailRecord record, @Nullable String prior) {
        return Steps.plan(new RestoreModifiedRules(), record, prior);
    }

    private <S> void apply(dev.backstop.core.Step<S> step) {
        step.apply(aws, step.read(aws));
    }
}
