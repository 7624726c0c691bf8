package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalBaselines;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalInventory;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.core.port.NetworkInterfaces.NetworkInterface;
import dev.backstop.core.port.SecurityGroups.Group;
import dev.backstop.functions.line.BaselineWatch.Seeing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Baselines as they are kept and asked: records of everybody's calls, looks at a local AWS, a clock that pauses move. */
class BaselineWatchTest implements InstantSource {
    private static final Resource GROUP = new Resource("AWS::EC2::SecurityGroup", "sg-1", "us-east-1", Records.ACCOUNT);
    private static final Resource WEB = new Resource("AWS::EC2::Instance", "i-1", "us-east-1", Records.ACCOUNT);
    private static final String PERSON = "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/maria\"}";
    private static final String GUARD = Records.agent("live")
            .replace("agent-deploy-role", "backstop-respond")
            .replace("sourceIdentity", "none");

    private final LocalAws aws = new LocalAws();
    private final LocalBaselines baselines = new LocalBaselines();
    private final LocalHistory config = new LocalHistory();
    private final PriorStates states = new PriorStates(baselines, config, this, this::pass);
    private final BaselineWatch watch = new BaselineWatch(
            baselines,
            new LocalInventory(aws, this),
            new BaselineWatch.Place(Records.ACCOUNT, "us-east-1"),
            AgentSelector.DEFAULT,
            this,
            this::pass);
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private int made;

    @BeforeEach
    void makeThings() {
        aws.securityGroups().create(new Group("sg-1", "web", "of a test", "vpc-1"));
        aws.securityGroups().put(rule("sgr-1", 443));
        aws.instances().put(new Instance("i-1", "t3.micro", "running", Map.of()));
        aws.networkInterfaces().attach("i-1", new NetworkInterface("eni-1", "vpc-1", Set.of("sg-1"), true));
    }

    @Test
    void aSurveyWritesWhatIsNewAndNothingTwice() {
        assertEquals(new Seeing(1, 1, 3), watch.survey());
        pass(Duration.ofHours(12));
        assertEquals(new Seeing(1, 1, 0), watch.survey());
        aws.instances().put(new Instance("i-2", "t3.small", "running", Map.of()));
        pass(Duration.ofHours(12));
        assertEquals(new Seeing(1, 2, 2), watch.survey());
        pass(Duration.ofDays(15));
        assertEquals(new Seeing(1, 2, 5), watch.survey(), "before they are forgotten");
    }

    @Test
    void whatAPersonChangedIsKnownSecondsLater() {
        watch.survey();
        aws.securityGroups().put(rule("sgr-1", 8443));
        watch.see(modified(PERSON, "sgr-1"), false);
        pass(Duration.ofMinutes(1));

        assertEquals(8443, port(before(modified(AGENT, "sgr-1"))));
    }

    @Test
    void whatChangedAndWasNotSeenSinceIsUnknown() {
        watch.survey();
        pass(Duration.ofMinutes(1));
        CloudTrailRecord change = modified(PERSON, "sgr-1");
        pass(Duration.ofSeconds(3));
        CloudTrailRecord call = modified(AGENT, "sgr-1");
        watch.see(change, false);

        JsonNode state = before(call).orElseThrow().configuration();
        assertEquals("[\"sgr-1\"]", state.path("unknownSecurityGroupRules").toString());
        assertTrue(state.path("securityGroupRules").isEmpty(), state::toString);
    }

    @Test
    void ofTwoCallsToBeUndoneTheSecondIsNotUndoneIntoTheFirst() {
        watch.survey();
        pass(Duration.ofMinutes(1));
        aws.securityGroups().put(rule("sgr-1", 1));
        CloudTrailRecord first = modified(AGENT, "sgr-1");
        watch.see(first, false);
        watch.see(first, true);
        pass(Duration.ofMinutes(1));
        watch.survey();
        pass(Duration.ofMinutes(1));

        assertEquals(443, port(before(modified(AGENT, "sgr-1"))));
    }

    @Test
    void whatAnAgentDidAndNoRuleRevertsIsAsGoodAsAPersons() {
        watch.survey();
        aws.securityGroups().put(rule("sgr-1", 8443));
        watch.see(modified(AGENT, "sgr-1"), false);
        pass(Duration.ofMinutes(1));

        assertEquals(8443, port(before(modified(AGENT, "sgr-1"))));
    }

    @Test
    void whatWasToBeUndoneAndStoodForAnHourIsWhatPeopleLeft() {
        watch.survey();
        pass(Duration.ofMinutes(1));
        aws.securityGroups().put(rule("sgr-1", 1));
        CloudTrailRecord first = modified(AGENT, "sgr-1");
        watch.see(first, true);
        watch.see(first, false);
        pass(Duration.ofMinutes(59));
        assertEquals(443, port(before(modified(AGENT, "sgr-1"))));
        pass(Duration.ofMinutes(2));

        assertEquals(1, port(before(modified(AGENT, "sgr-1"))));
    }

    @Test
    void whatTheGuardPutBackIsKnownAtOnceAndAgainWhenItIsSeen() {
        watch.survey();
        pass(Duration.ofMinutes(1));
        watch.see(modified(AGENT, "sgr-1"), true);
        pass(Duration.ofSeconds(5));
        CloudTrailRecord undone = modified(GUARD, "sgr-1");
        CloudTrailRecord again = modified(AGENT, "sgr-1");
        watch.see(undone, false);
        assertEquals(443, port(before(again)));
        pass(Duration.ofDays(2));

        assertEquals(443, port(before(modified(AGENT, "sgr-1"))));
    }

    @Test
    void aChangeThatIsToldLateIsWaitedFor() {
        watch.survey();
        pass(Duration.ofMinutes(1));
        CloudTrailRecord change = modified(PERSON, "sgr-1");
        pass(Duration.ofSeconds(5));
        CloudTrailRecord call = modified(AGENT, "sgr-1");
        BaselineWatch late = watch;
        PriorStates waiting = new PriorStates(baselines, config, this, time -> {
            late.see(change, false);
            pass(time);
        });

        JsonNode state = waiting.before(GROUP, call).orElseThrow().configuration();
        assertEquals("[\"sgr-1\"]", state.path("unknownSecurityGroupRules").toString());
        assertTrue(!now.isBefore(call.eventTime().plus(PriorStates.TOLD_WITHIN)));
    }

    @Test
    void anInstancesProtectionIsInTheBaselineAlone() {
        aws.instances().setAttribute("i-1", Attribute.TERMINATION_PROTECTION, "true");
        watch.survey();
        pass(Duration.ofDays(1));

        JsonNode state = before(instanceCall(AGENT, "{\"disableApiTermination\":{\"value\":false}}"), WEB)
                .orElseThrow()
                .configuration();
        assertEquals("true", state.path("disableApiTermination").asText());
        assertEquals("t3.micro", state.path("instanceType").asText());
    }

    @Test
    void onlyWhatAChangeTouchedIsUnknown() {
        watch.survey();
        pass(Duration.ofMinutes(1));
        CloudTrailRecord change = instanceCall(PERSON, "{\"instanceType\":{\"value\":\"t3.small\"}}");
        pass(Duration.ofSeconds(2));
        CloudTrailRecord call = instanceCall(AGENT, "{\"instanceType\":{\"value\":\"m5.large\"}}");
        watch.see(change, false);

        JsonNode state = before(call, WEB).orElseThrow().configuration();
        assertTrue(state.path("instanceType").isMissingNode(), state::toString);
        assertEquals("false", state.path("disableApiStop").asText());
    }

    @Test
    void aChangeOfAnInterfaceIsOneOfItsInstance() {
        watch.survey();
        aws.networkInterfaces().setGroups("eni-1", Set.of("sg-2"));
        watch.see(call("ModifyNetworkInterfaceAttribute", PERSON, "{\"networkInterfaceId\":\"eni-1\"}", "{}"), false);
        pass(Duration.ofMinutes(1));

        JsonNode state = before(instanceCall(AGENT, "{\"groupSet\":{}}"), WEB)
                .orElseThrow()
                .configuration();
        assertEquals("sg-2", state.at("/securityGroups/0/groupId").asText());
    }

    @Test
    void anInterfaceByItselfIsAsConfigSawItUnlessSomebodyHasChangedItSince() {
        Resource spare = new Resource("AWS::EC2::NetworkInterface", "eni-9", "us-east-1", Records.ACCOUNT);
        String request = "{\"networkInterfaceId\":\"eni-9\"}";
        assertEquals(Optional.empty(), before(call("ModifyNetworkInterfaceAttribute", AGENT, request, "{}"), spare));

        config.capture(spare, new PriorState(Json.object().put("sourceDestCheck", true), now, "config"));
        pass(Duration.ofMinutes(1));
        CloudTrailRecord known = call("ModifyNetworkInterfaceAttribute", AGENT, request, "{}");
        assertTrue(before(known, spare)
                .orElseThrow()
                .configuration()
                .path("sourceDestCheck")
                .asBoolean());

        watch.see(call("ModifyNetworkInterfaceAttribute", PERSON, request, "{}"), false);
        pass(Duration.ofSeconds(30));
        CloudTrailRecord stale = call("ModifyNetworkInterfaceAttribute", AGENT, request, "{}");
        assertEquals(Optional.empty(), before(stale, spare), "Config is minutes behind");

        config.capture(spare, new PriorState(Json.object().put("sourceDestCheck", false), now, "config"));
        pass(Duration.ofMinutes(1));
        CloudTrailRecord later = call("ModifyNetworkInterfaceAttribute", AGENT, request, "{}");
        assertTrue(!before(later, spare)
                .orElseThrow()
                .configuration()
                .path("sourceDestCheck")
                .asBoolean(true));
    }

    @Test
    void aChangeOfAnInstancesGroupsIsOneOfItsInterfaces() {
        Resource own = new Resource("AWS::EC2::NetworkInterface", "eni-1", "us-east-1", Records.ACCOUNT);
        String request = "{\"networkInterfaceId\":\"eni-1\"}";
        config.capture(own, new PriorState(Json.object().put("sourceDestCheck", true), now, "config"));
        pass(Duration.ofMinutes(1));
        watch.see(instanceCall(PERSON, "{\"instanceType\":{\"value\":\"t3.nano\"}}"), false);
        pass(Duration.ofSeconds(30));
        CloudTrailRecord other = call("ModifyNetworkInterfaceAttribute", AGENT, request, "{}");
        assertTrue(before(other, own).isPresent(), "that was of the instance alone");

        watch.see(instanceCall(PERSON, "{\"groupSet\":{\"items\":[{\"groupId\":\"sg-2\"}]}}"), false);
        pass(Duration.ofSeconds(30));
        CloudTrailRecord next = call("ModifyNetworkInterfaceAttribute", AGENT, request, "{}");
        assertEquals(Optional.empty(), before(next, own), "what Config has is from before");
    }

    @Test
    void aGroupThatIsOnlyNamedIsFoundByItsName() {
        watch.survey();
        aws.securityGroups().put(rule("sgr-2", 22));
        watch.see(call("RevokeSecurityGroupIngress", PERSON, "{\"groupName\":\"web\"}", "{}"), false);
        pass(Duration.ofMinutes(1));

        assertEquals(
                2,
                before(modified(AGENT, "sgr-1"))
                        .orElseThrow()
                        .configuration()
                        .path("securityGroupRules")
                        .size());
    }

    @Test
    void configIsAskedWhereTheBaselineSaysNothingAndOnlyForWhatNoCallIsStillToBeUndoneIn() {
        Instant before = now.minusSeconds(60);
        config.capture(WEB, new PriorState(Json.object().put("instanceType", "t3.nano"), before, "config"));
        CloudTrailRecord first = instanceCall(AGENT, "{\"instanceType\":{\"value\":\"m5.large\"}}");
        watch.see(first, true);
        config.capture(WEB, new PriorState(Json.object().put("instanceType", "m5.large"), now, "config"));
        pass(Duration.ofMinutes(1));
        CloudTrailRecord second = instanceCall(AGENT, "{\"instanceType\":{\"value\":\"m5.4xlarge\"}}");

        PriorState state = before(second, WEB).orElseThrow();
        assertEquals("t3.nano", state.configuration().path("instanceType").asText());
        assertEquals("config", state.source());
        watch.see(instanceCall(PERSON, "{\"instanceType\":{\"value\":\"t3.small\"}}"), true);
        assertEquals(Optional.empty(), before(instanceCall(AGENT, "{}"), WEB));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errorCode\":\"Client.UnauthorizedOperation\"}", "{\"awsRegion\":\"eu-west-1\"}"})
    void whatFailedOrWasElsewhereChangesNothing(String difference) {
        var json = modified(PERSON, "sgr-1").json().deepCopy();
        ((ObjectNode) json).setAll((ObjectNode) Json.read(difference));

        assertEquals(new Seeing(0, 0, 0), watch.see(CloudTrailRecord.of(json, "test"), false));
        assertEquals(0, baselines.of(GROUP, now).changes().size());
    }

    private static final String AGENT = Records.agent("sess_a8f3b21c");

    private Optional<PriorState> before(CloudTrailRecord call) {
        return before(call, GROUP);
    }

    private Optional<PriorState> before(CloudTrailRecord call, Resource resource) {
        return states.before(resource, call);
    }

    private static int port(Optional<PriorState> state) {
        return state.orElseThrow()
                .configuration()
                .at("/securityGroupRules/0/fromPort")
                .asInt();
    }

    private CloudTrailRecord modified(String caller, String ruleId) {
        return call(
                "ModifySecurityGroupRules",
                caller,
                "{\"ModifySecurityGroupRulesRequest\":{\"GroupId\":\"sg-1\",\"SecurityGroupRule\":"
                        + "{\"SecurityGroupRuleId\":\"" + ruleId + "\"}}}",
                "{}");
    }

    private CloudTrailRecord instanceCall(String caller, String attributes) {
        return call(
                "ModifyInstanceAttribute",
                caller,
                attributes.replaceFirst("\\{", "{\"instanceId\":\"i-1\"" + (attributes.length() > 2 ? "," : "")),
                "{}");
    }

    /** Made now. */
    private CloudTrailRecord call(String name, String caller, String request, String response) {
        String json = """
                {"eventID":"e-%d","eventTime":"%s","eventSource":"ec2.amazonaws.com","eventName":"%s",
                 "awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":%s}""".formatted(++made, now, name, Records.ACCOUNT, caller, request, response);
        return CloudTrailRecord.of(Json.read(json), "test");
    }

    private static GroupRule rule(String id, int port) {
        return new GroupRule(id, "sg-1", false, "tcp", port, port, "10.0.0.0/16", null);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
