package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudTrailRecordTest {
    private static final CloudTrailRecord CALL = Records.call("lambda", "DeleteFunction20150331", "{}", "null");

    @Test
    void theCallIsNamedAsInAPolicy() {
        assertEquals("lambda:DeleteFunction20150331", CALL.call());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventID", "eventTime", "eventSource", "eventName", "awsRegion", "userIdentity"})
    void aMissingFieldIsNamed(String field) {
        ObjectNode json = CALL.json().deepCopy();
        json.remove(field);
        BadInputException thrown = assertThrows(BadInputException.class, () -> CloudTrailRecord.of(json, "a.json"));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("a.json: " + field + ": "), thrown.getMessage());
    }

    @Test
    void aTimeThatIsNoneIsNamed() {
        ObjectNode json = CALL.json().deepCopy();
        json.put("eventTime", "yesterday");
        assertThrows(BadInputException.class, () -> CloudTrailRecord.of(json, "a.json"));
    }

    @Test
    void theAccountIsTheRecipientsElseTheCallers() {
        ObjectNode json = CALL.json().deepCopy();
        json.remove("recipientAccountId");
        assertEquals("111122223333", CloudTrailRecord.of(json, "a.json").account());
    }

    @Test
    void anEnvelopeIsWhatEventBridgeWouldSend() {
        ObjectNode envelope = EventEnvelope.around(CALL);
        assertEquals("aws.lambda", Json.text(envelope, "source"));
        assertEquals("AWS API Call via CloudTrail", Json.text(envelope, "detail-type"));
        assertTrue(EventEnvelope.isEnvelope(envelope));
        ObjectNode signIn = CALL.json().deepCopy();
        signIn.put("eventType", "AwsConsoleSignIn");
        assertEquals(
                "AWS Console Sign In via CloudTrail",
                Json.text(EventEnvelope.around(CloudTrailRecord.of(signIn, "a")), "detail-type"));
    }

    @Test
    void aSessionNameIsWhatFollowsTheColon() {
        assertEquals("sess_a8f3b21c", CALL.caller().sessionName());
        assertNull(new UserIdentity("IAMUser", null, "AIDA1", null, null, null, null, null).sessionName());
    }

    @Test
    void aDottedPathEntersArraysAndSkipsWhatIsNotThere() {
        var json = Json.read(
                "{\"a\":{\"items\":[{\"id\":\"1\"},{\"x\":2},{\"id\":\"3\"}]},\"b\":{\"items\":{\"id\":\"4\"}}}");
        assertEquals(java.util.List.of("1", "3"), Json.values(json, "a.items.id"));
        assertEquals(java.util.List.of("4"), Json.values(json, "b.items.id"));
        assertEquals(java.util.List.of(), Json.values(json, "c.items.id"));
    }
}
