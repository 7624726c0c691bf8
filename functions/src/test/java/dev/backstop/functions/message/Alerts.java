package dev.backstop.functions.message;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.Incident;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.Trigger;
import dev.backstop.core.Urgency;
import dev.backstop.functions.line.TestAlert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alerts as they come: one of each kind that reads differently. */
public final class Alerts {
    public static final Letterhead LETTERHEAD = new Letterhead(
            "https://github.com/acme/backstop/blob/main/docs/runbook.md", ":live", () -> Optional.of("acme-dev"));

    private static final String EVENT = "8b0f9d8e-1111-4222-8333-444455556666";
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Rule OPENED = new Rule(
            "security-group-opened-to-world",
            "Security group opened to the world",
            "Anyone on the internet can now reach what stands behind this group on these ports. Agents open a group to get"
                    + " past a connection problem, and nobody closes it again.",
            Category.EXPOSURE,
            Severity.CRITICAL,
            Set.of(Response.ALERT, Response.REVERT, Response.REVOKE),
            "revoke-added-security-group-rules",
            "AWS::EC2::SecurityGroup",
            List.of("requestParameters.groupId"),
            "opened RESOURCE to the world");
    private static final Rule DELETED = new Rule(
            "bucket-deleted",
            "Bucket deleted",
            "The bucket is gone, and its name is free for anyone to take. Agents delete buckets that look unused.",
            Category.DESTRUCTION,
            Severity.HIGH,
            Set.of(Response.ALERT),
            null,
            "AWS::S3::Bucket",
            List.of("requestParameters.bucketName"),
            "deleted bucket RESOURCE");

    private Alerts() {}

    /** By the name of their golden files. */
    static Map<String, Message> all() {
        Map<String, Message> all = new LinkedHashMap<>();
        all.put("contained", message(contained()));
        all.put("failed", message(failed()));
        all.put("observed", message(observed()));
        all.put("alert-only", message(alertOnly()));
        all.put("closing", message(closing()));
        all.put("test", message(test()));
        return all;
    }

    public static Message message(Alert alert) {
        return Message.of(alert, LETTERHEAD);
    }

    public static Alert contained() {
        return alert(
                OPENED,
                session("sess_a8f3b21c", "jordan"),
                "sg-0a1b2c3d4e5f60718",
                Mode.ENFORCE,
                reverted(),
                revoked());
    }

    public static Alert failed() {
        Outcome refused = outcome(
                Response.REVOKE,
                Status.FAILED,
                "deny session sess_a8f3b21c on role agent-deploy-role everything",
                null,
                null,
                "IAM answered AccessDenied: not authorized to perform iam:PutRolePolicy",
                "aws iam put-role-policy --role-name agent-deploy-role --policy-name BackstopRevoke-sess_a8f3b21c"
                        + " --policy-document file://deny.json");
        return alert(
                        OPENED,
                        session("sess_a8f3b21c", "jordan"),
                        "sg-0a1b2c3d4e5f60718",
                        Mode.ENFORCE,
                        reverted(),
                        refused)
                .within(new Incident("inc-0123456789", TEN.minusSeconds(90), 7, 3, false))
                .urgent(Urgency.PAGE);
    }

    static Alert observed() {
        Outcome would = outcome(
                Response.REVERT,
                Status.OBSERVED,
                "revoke sgr-0d1e2f3a (tcp 443 from 0.0.0.0/0) from sg-0a1b2c3d4e5f60718",
                "tcp 443 from 0.0.0.0/0 (sgr-0d1e2f3a)",
                null,
                "mode observe: nothing was changed",
                "aws ec2 revoke-security-group-ingress --group-id sg-0a1b2c3d4e5f60718 --security-group-rule-ids sgr-0d1e2f3a");
        return alert(OPENED, session("sess_a8f3b21c", null), "sg-0a1b2c3d4e5f60718", Mode.OBSERVE, would);
    }

    static Alert alertOnly() {
        AgentSession unknown = new AgentSession(
                "sess_a8f3b21c",
                "arn:aws:iam::123456789012:role/agents/agent-deploy-role",
                "sess_a8f3b21c",
                null,
                "ASIAEXAMPLE",
                null,
                null,
                null,
                null,
                null);
        return alert(DELETED, unknown, "acme-checkout-nightly-backups-2026-eu-west-1-do-not-delete", Mode.ENFORCE);
    }

    static Alert test() {
        return TestAlert.of(
                Severity.CRITICAL,
                "arn:aws:sts::123456789012:assumed-role/OnCall/maria",
                "test-1a2b3c4d",
                "aws",
                "123456789012",
                "eu-west-1",
                TEN);
    }

    public static Alert closing() {
        return contained().within(new Incident("inc-0123456789", TEN.minusSeconds(900), 12, 4, true));
    }

    /** Every field that somebody else chooses is of this text. */
    public static Alert hostile(String text) {
        AgentSession session = new AgentSession(
                text, "arn:aws:iam::123456789012:role/agents/" + text, text, null, null, null, text, text, TEN, null);
        Outcome outcome = outcome(Response.REVERT, Status.FAILED, text, text, text, text, text);
        return new Alert(
                OPENED,
                Severity.HIGH,
                List.of(text),
                new Trigger(text, TEN, "ec2:" + text, "123456789012", "eu-west-1"),
                session,
                new Resource("AWS::EC2::SecurityGroup", text, "eu-west-1", "123456789012"),
                Mode.ENFORCE,
                List.of(outcome),
                TEN.plusSeconds(4),
                Incident.opened(text, TEN),
                Urgency.PAGE);
    }

    private static Alert alert(Rule rule, AgentSession session, String resource, Mode mode, Outcome... outcomes) {
        Trigger trigger = new Trigger(
                EVENT,
                TEN,
                rule == DELETED ? "s3:DeleteBucket" : "ec2:AuthorizeSecurityGroupIngress",
                "123456789012",
                "eu-west-1");
        Resource changed = new Resource(rule.resourceType(), resource, "eu-west-1", "123456789012");
        return new Alert(rule, trigger, session, changed, mode, List.of(outcomes), TEN.plusMillis(4200));
    }

    private static AgentSession session(String id, @Nullable String developer) {
        return new AgentSession(
                id,
                "arn:aws:iam::123456789012:role/agents/agent-deploy-role",
                id,
                "AROA1:" + id,
                "ASIAEXAMPLE",
                id,
                developer,
                "checkout",
                TEN.minusSeconds(14 * 60),
                null);
    }

    private static Outcome reverted() {
        return outcome(
                Response.REVERT,
                Status.APPLIED,
                "revoke sgr-0d1e2f3a (tcp 443 from 0.0.0.0/0) from sg-0a1b2c3d4e5f60718",
                "tcp 443 from 0.0.0.0/0 (sgr-0d1e2f3a), tcp 80 from 10.0.0.0/8 (sgr-0c4b5a69)",
                "tcp 80 from 10.0.0.0/8 (sgr-0c4b5a69)",
                "revoked, and read back: gone",
                null);
    }

    private static Outcome revoked() {
        return outcome(
                Response.REVOKE,
                Status.APPLIED,
                "deny session sess_a8f3b21c on role agent-deploy-role everything",
                "not denied",
                "denied by BackstopRevoke-sess_a8f3b21c",
                "written, and read back",
                null);
    }

    private static Outcome outcome(
            Response action,
            Status status,
            String step,
            @Nullable String before,
            @Nullable String after,
            String message,
            @Nullable String command) {
        return new Outcome(
                EVENT, OPENED.id(), action, step, status, before, after, status == Status.APPLIED, message, command);
    }
}
