package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tag that exempts, and who set it: that may be known only some seconds after the call that it is to protect. */
class ExemptByTagTest {
    private static final Rule REVERTED = Records.rule(
            "security-group-opened-to-world", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);
    private static final Instant CALLED = Instant.parse(Records.TIME);
    private static final String TAG_SET = """
            {"resourcesSet": {"items": [{"resourceId": "sg-1"}]},
             "tagSet": {"items": [{"key": "backstop:exempt", "value": "2030-12-01"}]}}""";
    private static final String PERSON = "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/maria\"}";

    private final Stage stage = new Stage();
    private final ActivityWatch watch = new ActivityWatch(
            stage.known,
            AgentSelector.DEFAULT,
            stage.revoker,
            new KillProof(stage.known, stage.revoker, stage.journal, stage.outbox, stage.outbox, stage, _ -> {}),
            stage.forgedTags,
            stage.windows(),
            stage);

    @ParameterizedTest(name = "the call is answered after {0} s, the tag''s record comes after {1} s")
    @CsvSource({
        // answered, tag told, status, waited until
        " 4,   0, APPLIED,  4",
        " 4,   5, APPLIED,  6",
        " 4,  29, APPLIED, 30",
        " 4,  31, REFUSED, 30",
        "25,  26, APPLIED, 27",
        "30,  31, REFUSED, 30",
        "90,   0, APPLIED, 90",
        "90, 999, REFUSED, 90",
    })
    void aTagIsTakenForAPersonsOnceAnAgentsWouldBeKnown(int answered, int told, Status status, int until) {
        stage.now = CALLED.plusSeconds(answered);
        stage.onPause = () -> tell(told);
        tell(told);
        tag(Map.of("backstop:exempt", "2030-12-01"));
        Outcome outcome = respond(REVERTED, Stage.CALL);
        assertEquals(status, outcome.status(), outcome::message);
        assertEquals(CALLED.plusSeconds(until), stage.now);
    }

    @Test
    void theSessionIsStoppedBeforeThat() {
        stage.onPause = () -> assertEquals(1, stage.revocations.all().size());
        tag(Map.of("backstop:exempt", "2030-12-01"));
        assertEquals(Status.REFUSED, respond(Stage.OPENED, Stage.CALL).status());
        assertEquals(CALLED.plus(ExemptByTag.TOLD_WITHIN), stage.now);
    }

    @Test
    void whatIsNoAgentsCallWaitsForNothing() {
        stage.limits = new Limits(Records.ACCOUNT, Duration.ofHours(1), Duration.ZERO);
        tag(Map.of("backstop:exempt", "2030-12-01"));
        Instant before = stage.now;
        assertEquals(Status.REFUSED, respond(REVERTED, by(PERSON, Stage.CALL)).status());
        assertEquals(before, stage.now);
    }

    @Test
    void aTagThatTheCallItselfSetsIsNoPersons() {
        ObjectNode json = Stage.CALL.json().deepCopy();
        ((ObjectNode) json.path("requestParameters")).set("tagSpecificationSet", Json.read("""
                        {"items": [{"resourceType": "security-group",
                          "tags": [{"key": "backstop:exempt", "value": "2030-12-01"}]}]}"""));
        tag(Map.of("backstop:exempt", "2030-12-01"));
        Instant before = stage.now;
        Outcome outcome = respond(REVERTED, CloudTrailRecord.of(json, "test"));
        assertEquals(Status.APPLIED, outcome.status(), outcome::message);
        assertTrue(outcome.step().contains("was set by the agent session sess_a8f3b21c"), outcome::step);
        assertEquals(before, stage.now);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what an agent tagged its stack with | what the group carries of it | status
                "2030-12-01 | {'aws:cloudformation:stack-name':'shop'} | APPLIED",
                "2030-12-01 | {'aws:cloudformation:stack-id':'arn:aws:cloudformation:r:1:stack/shop/1f-2e'} | APPLIED",
                "2030-12-01 | {'aws:cloudformation:stack-name':'other'} | REFUSED",
                "2030-12-01 | {} | REFUSED",
                "2030-12-31 | {'aws:cloudformation:stack-name':'shop'} | REFUSED"
            })
    void aTagThatAStackHandsOnIsWhoseTheStacksIs(String value, String tags, Status status) {
        watch.see(Records.call("cloudformation", "CreateStack", """
                {"stackName": "shop", "tags": [{"key": "backstop:exempt", "value": "%s"}]}""".formatted(value), """
                {"stackId": "arn:aws:cloudformation:us-east-1:111122223333:stack/shop/1f-2e"}"""));
        ObjectNode all = (ObjectNode) Json.read(tags.replace('\'', '"'));
        all.put("backstop:exempt", "2030-12-01");
        tag(Json.MAPPER.convertValue(
                all, Json.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, String.class)));
        assertEquals(status, respond(REVERTED, Stage.CALL).status());
    }

    @ParameterizedTest
    @CsvSource({"arn:aws:iam::111122223333:role/agent-deploy-role", "arn:aws:iam::111122223333:role/cfn-execution"})
    void aTagThatCloudFormationSetsWithAnAgentsCredentialsIsTheAgents(String role) {
        ObjectNode json = Records.call("ec2", "CreateTags", TAG_SET, "{\"_return\": true}")
                .json()
                .deepCopy();
        ObjectNode caller = (ObjectNode) Json.read(
                Records.agent("sess_a8f3b21c").replace("arn:aws:iam::111122223333:role/agent-deploy-role", role));
        json.set("userIdentity", caller.put("invokedBy", "cloudformation.amazonaws.com"));
        watch.see(CloudTrailRecord.of(json.put("sourceIPAddress", "cloudformation.amazonaws.com"), "test"));
        tag(Map.of("backstop:exempt", "2030-12-01"));
        assertEquals(Status.APPLIED, respond(REVERTED, Stage.CALL).status());
    }

    private void tell(int after) {
        if (!stage.now.isBefore(CALLED.plus(Duration.ofSeconds(after)))) {
            watch.see(Records.call("ec2", "CreateTags", TAG_SET, "{\"_return\": true}"));
        }
    }

    private void tag(Map<String, String> tags) {
        stage.aws.tags().put("sg-1", tags);
    }

    private Outcome respond(Rule rule, CloudTrailRecord record) {
        assertTrue(stage.aws.securityGroups().rules("sg-1").stream()
                .map(GroupRule::ruleId)
                .anyMatch("sgr-agent"::equals));
        return stage.responder()
                .respond(new Detection(rule, record), record.eventId())
                .outcomes()
                .getFirst();
    }

    private static CloudTrailRecord by(String caller, CloudTrailRecord record) {
        ObjectNode json = record.json().deepCopy();
        json.set("userIdentity", Json.read(caller));
        return CloudTrailRecord.of(json, "test");
    }
}
