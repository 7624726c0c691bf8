package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.ForwardRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutpostStackTest {
    private static final String BUS = "arn:aws:events:eu-west-1:123456789012:event-bus/default";
    private static final Map<String, Object> FURTHER = Map.of("regions", "eu-central-1,us-west-2");

    @Test
    void byDefaultOneIsWhereGlobalServicesReportUnlessHomeIsThere() {
        assertEquals(List.of(), outposts(Map.of(), "us-east-1"));
        assertEquals(0, BackstopAppTest.build(Map.of(), null).getDependencies().size());
        assertEquals(List.of("BackstopGlobal in us-east-1"), outposts(Map.of(), "eu-west-1"));
    }

    @Test
    void oneIsInEachFurtherRegion() {
        List<String> further = List.of("Backstop-eu-central-1 in eu-central-1", "Backstop-us-west-2 in us-west-2");
        assertEquals(further, outposts(FURTHER, "us-east-1"));
        assertEquals(
                List.of("BackstopGlobal in us-east-1", further.getFirst(), further.getLast()),
                outposts(FURTHER, "eu-west-1"));
        assertEquals(
                List.of("BackstopGlobal in us-east-1"), outposts(Map.of("regions", List.of("us-east-1")), "eu-west-1"));
    }

    @Test
    void withoutAHomeThereIsNowhereToReportTo() {
        BadInputException error = assertThrows(BadInputException.class, () -> BackstopAppTest.build(FURTHER, null));
        assertTrue(String.valueOf(error.getMessage()).startsWith("cdk.json: context.regions: need a home Region"));
    }

    @Test
    void whereGlobalServicesReportTheirCallsByAgentsAreForwarded() {
        Synthesized outpost = outpost(Map.of(), "us-east-1");
        JsonNode sessions = rule(outpost, "backstop-forward-sessions");
        JsonNode calls = rule(outpost, "backstop-forward-calls");
        assertTrue(Json.values(calls, "EventPattern.source").contains("aws.iam"));
        assertFalse(Json.values(calls, "EventPattern.source").contains("aws.ec2"));
        assertEquals(
                Configuration.DEFAULT.agents().callerPattern(Synthesized.ACCOUNT),
                calls.at("/EventPattern/detail/userIdentity"));
        forwards(outpost, sessions, "backstop-forward");
        forwards(outpost, calls, "backstop-forward");
        assertEquals(outpost.json(), outpost(FURTHER, "us-east-1").json(), "what is deployed does not change");
    }

    @Test
    void inAFurtherRegionEveryServiceIsForwarded() {
        JsonNode pattern = ForwardRule.pattern(Configuration.DEFAULT.agents(), Synthesized.ACCOUNT);
        Synthesized outpost = outpost(FURTHER, "eu-central-1");
        JsonNode calls = rule(outpost, "backstop-forward-calls");
        assertEquals(pattern, calls.path("EventPattern"));
        assertEquals(1, outpost.ofType("AWS::Events::Rule").size(), "nothing is sent twice");
        forwards(outpost, calls, "backstop-forward-eu-central-1");

        Synthesized global = outpost(Map.of("regions", "us-east-1"), "us-east-1");
        assertEquals(pattern, rule(global, "backstop-forward-calls").path("EventPattern"));
        assertEquals(1, global.ofType("AWS::Events::Rule").size());
    }

    /** Role names are the account's; of all else there is one in each Region. */
    @Test
    void whatCannotBeForwardedWaitsAndRingsThere() {
        Synthesized outpost = outpost(FURTHER, "us-west-2");
        assertEquals(
                "backstop-undelivered",
                outpost.only("AWS::SQS::Queue").path("QueueName").asText());
        assertEquals(
                "backstop-undelivered-not-empty",
                outpost.only("AWS::CloudWatch::Alarm").path("AlarmName").asText());
        assertEquals(
                "backstop-forward-us-west-2",
                outpost.only("AWS::IAM::Role").path("RoleName").asText());
    }

    private static void forwards(Synthesized outpost, JsonNode rule, String role) {
        assertEquals(
                "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
                rule.path("State").asText());
        assertEquals(BUS, rule.at("/Targets/0/Arn").asText());
        assertTrue(rule.at("/Targets/0").has("RoleArn"));
        assertTrue(rule.at("/Targets/0/DeadLetterConfig/Arn").asText().startsWith("Undelivered"));
        assertTrue(Json.write(rule.path("EventPattern")).length() <= 2_048);
        JsonNode grant = outpost.statements(role).getFirst();
        assertEquals("events:PutEvents", grant.path("Action").asText());
        assertEquals(BUS, grant.path("Resource").asText());
    }

    private static JsonNode rule(Synthesized outpost, String name) {
        return outpost.named("AWS::Events::Rule", "Name", name);
    }

    private static Synthesized outpost(Map<String, Object> context, String region) {
        return Synthesized.of(BackstopAppTest.build(context, "eu-west-1").getDependencies().stream()
                .filter(stack -> stack.getRegion().equals(region))
                .findFirst()
                .orElseThrow());
    }

    private static List<String> outposts(Map<String, Object> context, String home) {
        return BackstopAppTest.build(context, home).getDependencies().stream()
                .map(stack -> stack.getStackName() + " in " + stack.getRegion())
                .toList();
    }
}
