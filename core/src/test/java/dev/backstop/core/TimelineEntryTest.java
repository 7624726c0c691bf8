package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.backstop.core.TimelineEntry.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a call. */
class TimelineEntryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iam | CreateAccessKey       | {"userName":"eve"} | {"accessKey":{"accessKeyId":"AKIA1","userName":"eve"}} | access key AKIA1 of user eve
            iam | CreateAccessKey       |                    | {"accessKey":{"accessKeyId":"AKIA1","userName":"eve"}} | access key AKIA1 of user eve
            iam | CreateLoginProfile    | {"userName":"eve"} |    | login profile of user eve
            iam | CreateUser            | {"userName":"eve"} |    | user eve
            iam | CreateRole            | {"roleName":"r"}   |    | role r
            iam | CreateInstanceProfile | {"instanceProfileName":"p"} | | instance profile p
            lambda | CreateFunctionUrlConfig | {"functionName":"f"} |  | URL of function f
            """)
    void knowsWhatOutlivesASession(String service, String name, String request, String response, String words) {
        assertEquals(
                words,
                Outliving.of(record(service, name, request, response, null))
                        .map(Outliving::words)
                        .orElse(""));
        assertEquals(
                Optional.empty(),
                Outliving.of(record(service, name, request, response, "AccessDenied")),
                "a failed call creates nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"bucketName":"b"}                                  | b
            {"groupId":"sg-1","ipPermissions":{"items":[]}}     | sg-1
            {"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}} | i-1, i-2
            {"dBInstanceIdentifier":"db","masterUserPassword":"x"} | db
            {"clientToken":"t","secretString":"x"}              |
            {"environment":{"variables":{"name":"secret"}}}     |
            """)
    void keepsTheNamesOfThingsAndNothingElse(String request, String on) {
        TimelineEntry entry = TimelineEntry.of(record("ec2", "SomeCall", request, null, null));
        assertEquals(on, entry.on());
    }

    @Test
    void travelsAsJson() {
        TimelineEntry entry = TimelineEntry.of(record("iam", "CreateUser", "{\"userName\":\"eve\"}", null, null));
        assertEquals(entry, TimelineEntry.of(Json.read(Json.write(entry.toJson()))));
        assertEquals(Kind.CALL, entry.kind());
        assertFalse(Json.write(entry.toJson()).contains("ipPermissions"));
    }

    @Test
    void tellsCredentialsThatWereIssuedFromOtherCalls() {
        TimelineEntry issued = TimelineEntry.of(Records.issued("sess_a8f3b21c", "jordan", "backend-api"));
        assertEquals(Kind.ISSUED, issued.kind());
        assertFalse(Json.write(issued.toJson()).contains("sessionToken"));
    }

    private static CloudTrailRecord record(
            String service, String name, String request, String response, String errorCode) {
        var json = Json.object();
        json.put("eventID", "e-1").put("eventTime", "2026-11-23T10:00:00Z").put("awsRegion", "eu-west-1");
        json.put("eventSource", service + ".amazonaws.com")
                .put("eventName", name)
                .put("errorCode", errorCode);
        json.putObject("userIdentity").put("type", "AssumedRole");
        json.set("requestParameters", request == null ? null : Json.read(request));
        json.set("responseElements", response == null ? null : Json.read(response));
        return CloudTrailRecord.of(json, "test");
    }
}
