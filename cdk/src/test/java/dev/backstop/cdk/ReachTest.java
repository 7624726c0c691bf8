package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which Regions the respond function may undo things, by an IAM evaluator that we did not write. */
class ReachTest {
    private static final Synthesized ALONE = Synthesized.home(Map.of());
    private static final Synthesized WIDE = Synthesized.home(Map.of("regions", "eu-central-1,us-west-2"));

    @Test
    void byDefaultOnlyAtHome() {
        judge(ALONE, "us-east-1", "allowed");
        judge(ALONE, "eu-central-1", "not allowed");
        assertFalse(
                ALONE.json().contains("aws:RequestedRegion\":"),
                "a template changes only where something is asked for");
    }

    @Test
    void whereFurtherRegionsAreWatchedInThoseAndNoOthers() {
        for (String region : List.of("us-east-1", "eu-central-1", "us-west-2")) {
            judge(WIDE, region, "allowed");
        }
        judge(WIDE, "eu-west-1", "denied");
    }

    @Test
    void aKeyIsUsedOnlyByEc2OfThoseRegions() {
        JsonNode statement = WIDE.statements("backstop-respond").stream()
                .filter(one ->
                        Json.values(one, "Action").stream().anyMatch(action -> action.startsWith("kms:CreateGrant")))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("ec2.us-east-1.amazonaws.com", "ec2.eu-central-1.amazonaws.com", "ec2.us-west-2.amazonaws.com"),
                Json.values(statement.at("/Condition/StringEquals"), "kms:ViaService"));
    }

    @Test
    void baselinesAreKeptOfThoseRegions() {
        JsonNode baseline = WIDE.named("AWS::Lambda::Function", "FunctionName", "backstop-baseline");
        assertEquals(
                "{\"regions\":[\"eu-central-1\",\"us-west-2\"]}",
                baseline.at("/Environment/Variables/BACKSTOP_REGIONS").asText());
        assertFalse(ALONE.json().contains("BACKSTOP_REGIONS"));
        looks("us-west-2", "allowed");
        looks("eu-west-1", "denied");
    }

    private static void looks(String region, String decision) {
        Calls.of(decision + " | ec2:DescribeInstanceAttribute | arn:aws:ec2:" + region + ":123456789012:instance/i-1")
                .judge(new Caller("backstop-baseline", WIDE.inlinePolicies("backstop-baseline"), null).in(region));
    }

    @Test
    void theGuardsOwnThingsAreAtHomeAlone() {
        String own = Json.write(Json.MAPPER.valueToTree(WIDE.statements("backstop-respond")));
        for (String thing : List.of("function:backstop-revoke", "event-bus/default", "table/backstop")) {
            assertFalse(own.matches(".*:\\*:123456789012:" + thing + ".*"), thing);
        }
    }

    @Test
    void allOfItFitsIntoARoleWithEveryRegion() {
        Synthesized everywhere = Synthesized.home(
                Map.of(
                        "regions",
                        "us-east-2,us-west-1,us-west-2,af-south-1,ap-east-1,ap-south-1,ap-south-2,ap-southeast-1,ap-southeast-2,"
                                + "ap-southeast-3,ap-northeast-1,ap-northeast-2,ap-northeast-3,ca-central-1,eu-central-1,eu-central-2,"
                                + "eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-2,eu-west-3,il-central-1,me-south-1,sa-east-1"));
        int characters = everywhere.statements("backstop-respond").stream()
                .mapToInt(statement -> Json.write(statement).length())
                .sum();
        assertTrue(characters < 10_000, characters + " of 10,240 characters, names of policies aside");
    }

    private static void judge(Synthesized stack, String region, String decision) {
        Calls.of("""
                DECISION | ec2:RevokeSecurityGroupIngress | arn:aws:ec2:REGION:123456789012:security-group/sg-1
                DECISION | ec2:StopInstances | arn:aws:ec2:REGION:123456789012:instance/i-1
                DECISION | lambda:RemovePermission | arn:aws:lambda:REGION:123456789012:function:webhook
                DECISION | rds:ListTagsForResource | arn:aws:rds:REGION:123456789012:db:orders
                DECISION | events:EnableRule | arn:aws:events:REGION:123456789012:rule/backstop-forward-calls
                """.replace("REGION", region).replace("DECISION", decision))
                .judge(new Caller("backstop-respond", stack.inlinePolicies("backstop-respond"), null).in(region));
    }
}
