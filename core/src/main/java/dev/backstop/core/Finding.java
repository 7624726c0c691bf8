package dev.backstop.core;

/** A record that a rule matched, with the agent session that made the call. */
public record Finding(Rule rule, CloudTrailRecord record, AgentSession session) {
    public Resource resource() {
        return rule.resource(record);
    }

    /** What an action on this finding is claimed under: one event, one rule. */
    public String key() {
        return record.eventId() + "#" + rule.id();
    }
}
