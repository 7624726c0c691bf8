package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Remediation;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.InstanceProfiles.Association;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes, interfaces, metadata options and profiles of instances. */
class InstanceAttributeRemediationsTest {
    private static final String APP = "arn:aws:iam::111122223333:instance-profile/app";
    private static final String ADMIN = "arn:aws:iam::111122223333:instance-profile/admin";

    private final LocalAws aws = new LocalAws();

    InstanceAttributeRemediationsTest() {
        aws.instances().put(new Instance("i-1", "t3.micro", "running", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SOURCE_DEST_CHECK | false | true | \"sourceDestCheck\":{\"value\":false}",
                "TERMINATION_PROTECTION | false | true | \"disableApiTermination\":{\"value\":false}",
                "TERMINATION_PROTECTION | false | true | \"attribute\":\"disableApiTermination\",\"value\":\"<sensitiveDataRemoved>\"",
                "STOP_PROTECTION | false | true | \"disableApiStop\":{\"value\":\"false\"}",
                "SHUTDOWN_BEHAVIOR | terminate | stop | \"instanceInitiatedShutdownBehavior\":{\"value\":\"terminate\"}",
                "SHUTDOWN_BEHAVIOR | terminate | stop | \"attribute\":\"instanceInitiatedShutdownBehavior\",\"value\":\"terminate\""
            })
    void anAttributeGoesBackInEveryDialect(Attribute attribute, String now, String was, String request) {
        aws.instances().setAttribute("i-1", attribute, now);
        String prior = "{\"" + attribute.apiName() + "\":\"" + was + "\"}";
        Step<?> step = Steps.only(attribute(request, prior));
        Steps.undo(step, aws);
        assertEquals(Optional.of(was), aws.instances().attribute("i-1", attribute));
        assertTrue(
                step.command().startsWith("aws ec2 modify-instance-attribute --region us-east-1 --instance-id i-1 --"));
    }

    @Test
    void anAttributeThatSomebodySetSinceIsLeftAlone() {
        aws.instances().setAttribute("i-1", Attribute.SHUTDOWN_BEHAVIOR, "hibernate");
        Step<?> step = Steps.only(attribute(
                "\"instanceInitiatedShutdownBehavior\":{\"value\":\"terminate\"}",
                "{\"instanceInitiatedShutdownBehavior\":\"stop\"}"));
        assertEquals("somebody changed it to hibernate since", Steps.mustNot(step, aws));
    }

    @Test
    void anAttributeOfAnInstanceThatIsGoneIsSuccess() {
        CloudTrailRecord record = Records.call(
                "ec2",
                "ModifyInstanceAttribute",
                "{\"instanceId\":\"i-9\",\"disableApiTermination\":{\"value\":false}}",
                "{}");
        Plan plan = Steps.plan(new RestoreInstanceAttribute(), record, "{\"disableApiTermination\":true}");
        Steps.assertDone(Steps.only(plan), aws);
    }

    @Test
    void whatConfigDoesNotRecordIsNotGuessed() {
        String why =
                Steps.refusal(attribute("\"disableApiTermination\":{\"value\":false}", "{\"sourceDestCheck\":true}"));
        assertTrue(why.startsWith("prior state unknown: nothing says what disableApiTermination of i-1 was"), why);
        assertTrue(Steps.refusal(attribute("\"userData\":\"<sensitiveDataRemoved>\"", "{}"))
                .startsWith("the call changed no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-attribute-masked", "another-attribute-typed"})
    void eventsOfTheCatalogueAreRead(String file) throws IOException {
        CloudTrailRecord record = Events.ignored("instance-resized", file);
        Plan plan = Steps.plan(new RestoreInstanceAttribute(), record, "{\"disableApiTermination\":false}");
        assertEquals(
                "set disableApiTermination of i-0a1b2c3d4e5f60001 back to false",
                Steps.only(plan).summary());
    }

    @Test
    void everyInterfaceGoesBackIntoItsGroups() {
        attach("eni-1", Set.of("sg-open"));
        attach("eni-2", Set.of("sg-2"));
        String was = """
                {"networkInterfaces":[{"networkInterfaceId":"eni-1","groups":[{"groupId":"sg-1"},{"groupId":"sg-2"}]},
                 {"networkInterfaceId":"eni-2","groups":[{"groupId":"sg-2"}]}]}""";
        List<Step<?>> steps = Steps.of(groups("ModifyInstanceAttribute", "\"instanceId\":\"i-1\"", was));
        Steps.undo(steps.get(0), aws);
        Steps.assertDone(steps.get(1), aws);
        assertEquals(
                Set.of("sg-1", "sg-2"),
                aws.networkInterfaces().find("eni-1").orElseThrow().groups());
        assertEquals(
                "aws ec2 modify-network-interface-attribute --region us-east-1 --network-interface-id eni-1 --groups sg-1 sg-2",
                steps.get(0).command());
    }

    @Test
    void oneInterfaceGoesBackIntoItsGroups() {
        attach("eni-1", Set.of("sg-open"));
        Step<?> step = Steps.only(groups(
                "ModifyNetworkInterfaceAttribute",
                "\"networkInterfaceId\":\"eni-1\"",
                "{\"groups\":[{\"groupId\":\"sg-1\"}]}"));
        Steps.undo(step, aws);
        assertEquals(
                Set.of("sg-1"),
                aws.networkInterfaces().find("eni-1").orElseThrow().groups());
    }

    @Test
    void groupsThatSomebodyChoseSinceAreLeftAlone() {
        attach("eni-1", Set.of("sg-3"));
        Step<?> step = Steps.only(groups(
                "ModifyNetworkInterfaceAttribute",
                "\"networkInterfaceId\":\"eni-1\"",
                "{\"groups\":[{\"groupId\":\"sg-1\"}]}"));
        assertEquals("somebody changed it to [sg-3] since", Steps.mustNot(step, aws));
    }

    @Test
    void theCheckOfOneInterfaceIsTurnedBackOn() {
        attach("eni-1", Set.of("sg-1"));
        aws.networkInterfaces().setSourceDestCheck("eni-1", false);
        CloudTrailRecord record = Records.call(
                "ec2",
                "ModifyNetworkInterfaceAttribute",
                "{\"networkInterfaceId\":\"eni-1\",\"sourceDestCheck\":{\"value\":false}}",
                "{\"_return\":true}");
        Steps.undo(Steps.only(Steps.plan(new RestoreNetworkInterface(), record, "{\"sourceDestCheck\":true}")), aws);
        assertTrue(aws.networkInterfaces().find("eni-1").orElseThrow().sourceDestCheck());
    }

    @Test
    void anInterfaceThatIsGoneIsSuccessAndOneThatIsUnknownIsNotGuessed() {
        String eni = "\"networkInterfaceId\":\"eni-9\"";
        Steps.assertDone(
                Steps.only(groups("ModifyNetworkInterfaceAttribute", eni, "{\"groups\":[{\"groupId\":\"sg-1\"}]}")),
                aws);
        assertTrue(Steps.refusal(groups("ModifyNetworkInterfaceAttribute", eni, null))
                .startsWith("prior state unknown"));
        assertTrue(Steps.refusal(groups("ModifyInstanceAttribute", "\"instanceId\":\"i-1\"", null))
                .startsWith("prior state unknown"));
    }

    @Test
    void onlyTheMetadataOptionsOfTheCallGoBack() {
        aws.instances()
                .setMetadataOptions(
                        "i-1",
                        Map.of(
                                "httpTokens",
                                "optional",
                                "httpPutResponseHopLimit",
                                "64",
                                "instanceMetadataTags",
                                "enabled"));
        String was =
                "{\"metadataOptions\":{\"httpTokens\":\"required\",\"httpPutResponseHopLimit\":1,\"instanceMetadataTags\":\"disabled\"}}";
        Step<?> step = Steps.only(metadata("\"HttpTokens\":\"optional\",\"HttpPutResponseHopLimit\":64", was));
        Steps.undo(step, aws);
        Map<String, String> now = aws.instances().metadataOptions("i-1");
        assertEquals(
                "required 1 enabled",
                now.get("httpTokens") + " " + now.get("httpPutResponseHopLimit") + " "
                        + now.get("instanceMetadataTags"));
        assertEquals(
                "aws ec2 modify-instance-metadata-options --region us-east-1 --instance-id i-1 --http-put-response-hop-limit 1 --http-tokens required",
                step.command());
    }

    @Test
    void metadataOptionsThatSomebodySetSinceAreLeftAlone() {
        aws.instances().setMetadataOptions("i-1", Map.of("httpPutResponseHopLimit", "5"));
        Step<?> step = Steps.only(
                metadata("\"HttpPutResponseHopLimit\":64", "{\"metadataOptions\":{\"httpPutResponseHopLimit\":1}}"));
        assertEquals("somebody changed them since", Steps.mustNot(step, aws));
        aws.instances().setMetadataOptions("i-1", Map.of("httpPutResponseHopLimit", "1"));
        Steps.assertDone(step, aws);
        assertTrue(Steps.refusal(metadata("\"HttpTokens\":\"optional\"", null)).startsWith("prior state unknown"));
    }

    @Test
    void anAssociatedProfileIsTakenOff() {
        aws.instanceProfiles().associate("i-1", ADMIN);
        for (boolean mayPassRoles : List.of(true, false)) {
            Step<?> step = Steps.only(profile("AssociateIamInstanceProfile", ADMIN, mayPassRoles, null));
            if (mayPassRoles) {
                Steps.undo(step, aws);
            }
            Steps.assertDone(step, aws);
            assertTrue(step.command().startsWith("aws ec2 disassociate-iam-instance-profile"), step.command());
        }
        assertEquals(Optional.empty(), aws.instanceProfiles().of("i-1"));
    }

    @Test
    void aReplacedProfileComesBack() {
        aws.instanceProfiles().associate("i-1", ADMIN);
        Step<?> step = Steps.only(profile(
                "ReplaceIamInstanceProfileAssociation",
                ADMIN,
                true,
                "{\"iamInstanceProfile\":{\"arn\":\"" + APP + "\"}}"));
        Steps.undo(step, aws);
        assertEquals(Optional.of(APP), aws.instanceProfiles().of("i-1").map(Association::profileArn));
        assertTrue(step.command().endsWith("--iam-instance-profile Arn=" + APP), step.command());
    }

    @Test
    void aDisassociatedProfileComesBackByTheRecordAlone() {
        Step<?> step = Steps.only(profile("DisassociateIamInstanceProfile", APP, true, null));
        Steps.undo(step, aws);
        assertEquals(Optional.of(APP), aws.instanceProfiles().of("i-1").map(Association::profileArn));
    }

    @Test
    void withoutTheRightToPassRolesAPersonPutsAProfileOn() {
        Step<?> step = Steps.only(profile("DisassociateIamInstanceProfile", APP, false, null));
        assertTrue(Steps.mustNot(step, aws).contains("iam:PassRole"));
        assertEquals(
                "aws ec2 associate-iam-instance-profile --region us-east-1 --instance-id i-1 --iam-instance-profile Arn="
                        + APP,
                step.command());
    }

    @Test
    void aProfileThatSomebodyChoseSinceIsLeftAlone() {
        aws.instanceProfiles().associate("i-1", APP + "-other");
        Step<?> step = Steps.only(profile("AssociateIamInstanceProfile", ADMIN, true, null));
        assertEquals("somebody changed it to " + APP + "-other since", Steps.mustNot(step, aws));
        assertTrue(Steps.refusal(profile("ReplaceIamInstanceProfileAssociation", ADMIN, true, null))
                .startsWith("prior state unknown"));
        assertTrue(
                Steps.refusal(profile("ReplaceIamInstanceProfileAssociation", ADMIN, true, "{\"instanceType\":\"x\"}"))
                        .startsWith("prior state unknown"));
    }

    private static Plan attribute(String request, @Nullable String prior) {
        return modified(
                new RestoreInstanceAttribute(), "ModifyInstanceAttribute", "\"instanceId\":\"i-1\"," + request, prior);
    }

    private static Plan groups(String call, String what, @Nullable String prior) {
        String request = what + ",\"groupSet\":{\"items\":[{\"groupId\":\"sg-open\"}]}";
        return modified(new RestoreNetworkInterface(), call, request, prior);
    }

    private static Plan metadata(String options, @Nullable String prior) {
        String request = "\"ModifyInstanceMetadataOptionsRequest\":{\"InstanceId\":\"i-1\"," + options + "}";
        return modified(new RestoreMetadataOptions(), "ModifyInstanceMetadataOptions", request, prior);
    }

    private static Plan profile(String call, String arn, boolean mayPassRoles, @Nullable String prior) {
        CloudTrailRecord record = Records.call(
                "ec2", call, "{\"" + call + "Request\":{\"AssociationId\":\"iip-assoc-1\"}}", """
                {"%sResponse":{"iamInstanceProfileAssociation":{"associationId":"iip-assoc-1","instanceId":"i-1",
                 "state":"associating","iamInstanceProfile":{"arn":"%s","id":"AIPAEXAMPLE"}}}}""".formatted(call, arn));
        return Steps.plan(new RestoreInstanceProfile(mayPassRoles), record, prior);
    }

    private static Plan modified(Remediation remediation, String call, String request, @Nullable String prior) {
        return Steps.plan(remediation, Records.call("ec2", call, "{" + request + "}", "{\"_return\":true}"), prior);
    }

    private void attach(String id, Set<String> groups) {
        aws.networkInterfaces().attach("i-1", new NetworkInterface(id, "vpc-1", groups, true));
    }
}
