package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;

/**
 * The pattern of the heartbeat: exactly the canary's dry run. Rules of the catalogue leave out calls that failed, which a
 * dry run always does; this one wants no other.
 */
public final class HeartbeatRule {
    private HeartbeatRule() {}

    public static ObjectNode pattern(Account account) {
        ObjectNode pattern = Json.object();
        pattern.putArray("source").add("aws.ec2");
        pattern.putArray("detail-type").add("AWS API Call via CloudTrail");
        ObjectNode detail = pattern.putObject("detail");
        detail.putArray("eventSource").add(Heartbeat.EVENT_SOURCE);
        detail.putArray("eventName").add(Heartbeat.EVENT_NAME);
        detail.set("errorCode", Json.MAPPER.valueToTree(Heartbeat.ANSWERS));
        ObjectNode session = detail.putObject("userIdentity").putObject("sessionContext");
        session.putArray("sourceIdentity").add(Heartbeat.SESSION);
        session.putObject("sessionIssuer")
                .putArray("arn")
                .add("arn:" + account.partition() + ":iam::" + account.id() + ":role/" + Heartbeat.ROLE);
        return pattern;
    }
}
