package dev.backstop.core.contract;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One finding and what became of it, for tests that only pass it on. */
public final class Samples {
    private static final String EVENT = "8b0f9d8e-1111-4222-8333-444455556666";
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final String RECORD = """
            {"eventID": "8b0f9d8e-1111-4222-8333-444455556666", "eventTime": "2026-11-23T10:00:00Z",
             "eventSource": "ec2.amazonaws.com", "eventName": "AuthorizeSecurityGroupIngress",
             "awsRegion": "eu-west-1", "recipientAccountId": "123456789012",
             "userIdentity": {"type": "AssumedRole", "principalId": "AROA1:sess_a", "accessKeyId": "ASIA1"},
             "requestParameters": {"groupId": "sg-1"}}
            """;

    private Samples() {}

    public static AgentSession session() {
        return new AgentSession(
                "sess_a",
                "arn:aws:iam::123456789012:role/agents/agent-deploy-role",
                "sess_a",
                "AROA1:sess_a",
                "ASIA1",
                "sess_a",
                "ana",
                "checkout",
                TEN.minusSeconds(600),
                null);
    }

    public static CloudTrailRecord record() {
        return CloudTrailRecord.of(Json.read(RECORD), "sample");
    }

    public static Outcome outcome(Outcome.Status status, String message) {
        return new Outcome(
                EVENT,
                "sg-open-to-world",
                Response.REVERT,
                "revoke sgr-1 of sg-1",
                status,
                "tcp 443 from 0.0.0.0/0",
                null,
                status == Outcome.Status.APPLIED,
                message,
                null);
    }

    public static Alert alert(Outcome... outcomes) {
        Rule rule = new Rule(
                "sg-open-to-world",
                "Security group opened to the world",
                "Anyone on the internet can connect.",
                Category.EXPOSURE,
                Severity.CRITICAL,
                Set.of(Response.ALERT, Response.REVERT),
                "security-group-rules",
                "AWS::EC2::SecurityGroup",
                List.of("requestParameters.groupId"));
        return Alert.of(new Finding(rule, record(), session()), Mode.ENFORCE, List.of(outcomes), TEN.plusMillis(4200));
    }
}
