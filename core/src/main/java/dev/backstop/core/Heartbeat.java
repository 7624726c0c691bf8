package dev.backstop.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guard's proof that it still hears: again and again the canary makes a call that changes nothing, CloudTrail records
 * it, and a rule of its own brings the record to the line, which handles it like any finding and tells nobody.
 */
public final class Heartbeat {
    /** The canary's session that makes the call, and nothing else. */
    public static final String SESSION = "sess_heartbeat";

    /** Path and name of the canary role, which only the guard's own function may assume. */
    public static final String ROLE = "agents/backstop-canary";

    /** The service, and the action, as a record has them. */
    public static final String EVENT_SOURCE = "ec2.amazonaws.com";

    public static final String EVENT_NAME = "CreateSecurityGroup";

    /** What EC2 answers a dry run: it would have been done; or there is no default VPC to do it in. */
    public static final List<String> ANSWERS = List.of("Client.DryRunOperation", "Client.VPCIdNotSpecified");

    public static final Rule RULE = new Rule(
            "heartbeat",
            "Backstop's heartbeat",
            "The canary's dry run came all the way through CloudTrail and EventBridge: Backstop hears what agents do.",
            Category.GUARDRAILS,
            Severity.INFO,
            Set.of(Response.ALERT),
            null,
            "AWS::EC2::SecurityGroup",
            List.of("requestParameters.groupName"));

    private Heartbeat() {}

    /** Whether a finding is one: by its rule, and by the record, so that nothing else passes in silence under its name. */
    public static boolean is(Finding finding) {
        return finding.rule().id().equals(RULE.id()) && made(finding.record());
    }

    /** Whether a record is the heartbeat's call. */
    public static boolean made(CloudTrailRecord record) {
        UserIdentity caller = record.caller();
        return record.eventSource().equals(EVENT_SOURCE)
                && record.eventName().equals(EVENT_NAME)
                && record.errorCode() != null
                && ANSWERS.contains(record.errorCode())
                && isCanary(caller.issuerArn())
                && SESSION.equals(caller.sourceIdentity());
    }

    /** Whether a session is the one that makes the call. */
    public static boolean isOf(AgentSession session) {
        return isCanary(session.roleArn()) && SESSION.equals(session.sourceIdentity());
    }

    private static boolean isCanary(@Nullable String roleArn) {
        return roleArn != null && roleArn.endsWith(":role/" + ROLE);
    }
}
