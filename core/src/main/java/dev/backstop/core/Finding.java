package dev.backstop.core;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A record that a rule matched, with the agent session that made the call, and what is made of it here and now.
 *
 * @param severity the rule's, or a lower one
 * @param responses the rule's, or fewer; always holds {@link Response#ALERT}
 * @param softened why severity or responses are less than the rule's, a sentence each, in the order they were found
 */
public record Finding(
        Rule rule,
        CloudTrailRecord record,
        AgentSession session,
        Severity severity,
        Set<Response> responses,
        List<String> softened) {
    public Finding {
        if (severity.compareTo(rule.severity()) > 0 || !rule.responses().containsAll(responses)) {
            throw new IllegalArgumentException("a finding of " + rule.id() + " may be less than the rule, never more");
        }
        if (!responses.contains(Response.ALERT)) {
            throw new IllegalArgumentException("a finding of " + rule.id() + " is always told");
        }
        responses = Set.copyOf(responses);
        softened = List.copyOf(softened);
    }

    /** A finding that nothing softens. */
    public Finding(Rule rule, CloudTrailRecord record, AgentSession session) {
        this(rule, record, session, rule.severity(), rule.responses(), List.of());
    }

    /**
     * The same finding, less: what is lower already stays as low, and what is not asked for any more stays so.
     *
     * @param kept the responses that are still asked for; the alert always is
     * @param why one sentence for people
     */
    public Finding lowered(Severity to, Set<Response> kept, String why) {
        Set<Response> left = EnumSet.of(Response.ALERT);
        responses.stream().filter(kept::contains).forEach(left::add);
        List<String> reasons = new ArrayList<>(softened);
        reasons.add(why);
        return new Finding(rule, record, session, severity.compareTo(to) < 0 ? severity : to, left, reasons);
    }

    /** The same finding, once more is known of who made the call. */
    public Finding madeBy(AgentSession other) {
        return new Finding(rule, record, other, severity, responses, softened);
    }

    public Resource resource() {
        return rule.resource(record);
    }

    /** The responses in the order they are listed to people. */
    public List<String> responseWords() {
        return Response.words(responses);
    }

    /** What an action on this finding is claimed under: one event, one rule. */
    public String key() {
        return record.eventId() + "#" + rule.id();
    }
}
