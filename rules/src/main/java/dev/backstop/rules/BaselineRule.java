package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.baseline.Watched;

/** The pattern that brings the baselines every change of what they hold: by anybody, since people's changes count. */
public final class BaselineRule {
    private BaselineRule() {}

    public static ObjectNode pattern() {
        ObjectNode pattern = Json.object();
        pattern.putArray("source").add("aws.ec2");
        pattern.putArray("detail-type").add("AWS API Call via CloudTrail");
        pattern.set("detail", changing());
        return pattern;
    }

    /** What {@code detail} says where something is changed that baselines are kept of. */
    static ObjectNode changing() {
        ObjectNode detail = Json.object();
        detail.putArray("eventSource").add("ec2.amazonaws.com");
        detail.set("eventName", Json.MAPPER.valueToTree(Watched.calls()));
        detail.putArray("errorCode").addObject().put("exists", false);
        return detail;
    }
}
