package dev.backstop.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of one finding: what happened, who did it, and what became of it.
 *
 * @param severity how much this finding matters: the rule's severity, or less
 * @param softened why it is less, a sentence each
 * @param outcomes of every action the rule asked for; empty when it asks for the alert alone
 * @param at when the outcomes were known
 * @param incident what it belongs to
 * @param urgency how soon a person must look
 */
public record Alert(
        Rule rule,
        Severity severity,
        List<String> softened,
        Trigger trigger,
        AgentSession session,
        Resource resource,
        Mode mode,
        List<Outcome> outcomes,
        Instant at,
        Incident incident,
        Urgency urgency) {
    /** The version of {@link #toJson}; changes only when a reader could break. */
    public static final String SCHEMA = "backstop.alert/2";

    public Alert {
        outcomes = List.copyOf(outcomes);
        softened = List.copyOf(softened);
    }

    /** An alert that nothing softens, and that stands for itself. */
    public Alert(
            Rule rule,
            Trigger trigger,
            AgentSession session,
            Resource resource,
            Mode mode,
            List<Outcome> outcomes,
            Instant at) {
        this(rule, rule.severity(), List.of(), trigger, session, resource, mode, outcomes, at);
    }

    /** The first alert of its session's incident, to be looked at when there is time. */
    private Alert(
            Rule rule,
            Severity severity,
            List<String> softened,
            Trigger trigger,
            AgentSession session,
            Resource resource,
            Mode mode,
            List<Outcome> outcomes,
            Instant at) {
        this(
                rule,
                severity,
                softened,
                trigger,
                session,
                resource,
                mode,
                outcomes,
                at,
                Incident.opened(session.id(), at),
                Urgency.NOTIFY);
    }

    /** The alert of a record that a rule matched. */
    public static Alert of(Finding finding, Mode mode, List<Outcome> outcomes, Instant at) {
        return new Alert(
                finding.rule(),
                finding.severity(),
                finding.softened(),
                Trigger.of(finding.record()),
                finding.session(),
                finding.resource(),
                mode,
                outcomes,
                at);
    }

    /** The same as part of an incident. */
    public Alert within(Incident other) {
        return new Alert(rule, severity, softened, trigger, session, resource, mode, outcomes, at, other, urgency);
    }

    /** The same, to be looked at so soon. */
    public Alert urgent(Urgency other) {
        return new Alert(rule, severity, softened, trigger, session, resource, mode, outcomes, at, incident, other);
    }

    /** The key of the finding that it is about; see {@link Finding#key}. */
    public String key() {
        return trigger.id() + "#" + rule.id();
    }

    /** Whether something was done to contain it, and did not: an error, or a change that was not read back. */
    public boolean containmentFailed() {
        return outcomes.stream()
                .anyMatch(outcome -> outcome.status() == Outcome.Status.FAILED
                        || (outcome.status() == Outcome.Status.APPLIED && !outcome.verified()));
    }

    /** Whether all that the rule asks for was done, and the danger is over. */
    public boolean contained() {
        return !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::contained);
    }

    /** From the API call to the outcomes. */
    public Duration sinceCall() {
        return Duration.between(trigger.time(), at);
    }

    /** What happened in a few words, as {@link Rule#headline} has it. */
    public String headline() {
        return rule.headline(session.id(), resource.id());
    }

    /** How long the session had lived when it happened; null where its STS record is not known. */
    public @Nullable Duration lived() {
        Instant started = session.startedAt();
        return started == null || started.isAfter(trigger.time()) ? null : Duration.between(started, trigger.time());
    }

    /** The alert for machines. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("schema", SCHEMA);
        json.put("severity", severity.word());
        json.set("softened", Json.MAPPER.valueToTree(softened));
        json.put("urgency", urgency.word());
        json.set("incident", incident.toJson());
        json.put("rule", rule.id());
        json.put("category", rule.category().word());
        json.put("title", rule.title());
        json.put("headline", headline());
        json.put("why", rule.why());
        json.put("mode", mode.word());
        ObjectNode event = json.putObject("event");
        event.put("id", trigger.id());
        event.put("time", trigger.time().toString());
        event.put("call", trigger.call());
        event.put("account", trigger.account());
        event.put("region", trigger.region());
        ObjectNode who = json.putObject("session");
        who.put("id", session.id());
        who.put("role", session.roleArn());
        who.put("name", session.name());
        who.put("developer", session.developer());
        who.put("project", session.project());
        who.put("ownerKnown", session.ownerKnown());
        Instant started = session.startedAt();
        who.put("startedAt", started == null ? null : started.toString());
        Duration lived = lived();
        who.put("livedSeconds", lived == null ? null : lived.toSeconds());
        ObjectNode what = json.putObject("resource");
        what.put("type", resource.type());
        what.put("id", resource.id());
        what.put("console", resource.consoleLink());
        var actions = json.putArray("outcomes");
        outcomes.forEach(outcome -> actions.add(outcome.toJson()));
        json.put("secondsSinceCall", sinceCall().toMillis() / 1000.0);
        json.put("at", at.toString());
        return json;
    }
}
