package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * When Backstop leaves a change alone that it could undo.
 *
 * @param perHour how many findings of one hour may have one resource reverted; the next one is a fight
 * @param ofStacks whether changes that CloudFormation made for an agent are reverted, too
 */
public record RevertLimits(int perHour, boolean ofStacks) {
    /** Five an hour, and none of CloudFormation's. */
    public static final RevertLimits DEFAULT = new RevertLimits(5, false);

    public RevertLimits {
        if (perHour < 1) {
            throw new IllegalArgumentException("at least one revert an hour, not " + perHour);
        }
    }

    public ObjectNode toJson() {
        return Json.object().put("perHour", perHour).put("ofStacks", ofStacks);
    }

    /** Reads what {@link #toJson} wrote. */
    public static RevertLimits of(JsonNode json) {
        return new RevertLimits(
                json.path("perHour").asInt(), json.path("ofStacks").asBoolean());
    }
}
