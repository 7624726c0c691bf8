package dev.backstop.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What people are told of one finding: what happened, who did it, and what became of it.
 *
 * @param outcomes of every action the rule asked for; empty when it asks for the alert alone
 * @param at when the outcomes were known
 */
public record Alert(Finding finding, Mode mode, List<Outcome> outcomes, Instant at) {
    /** The version of {@link #toJson}; changes only when a reader could break. */
    public static final String SCHEMA = "backstop.alert/1";

    public Alert {
        outcomes = List.copyOf(outcomes);
    }

    /** From the API call to the outcomes. */
    public Duration sinceCall() {
        return Duration.between(finding.record().eventTime(), at);
    }

    /** The alert for machines. */
    public ObjectNode toJson() {
        CloudTrailRecord record = finding.record();
        AgentSession session = finding.session();
        Resource resource = finding.resource();
        ObjectNode json = Json.object();
        json.put("schema", SCHEMA);
        json.put("severity", finding.rule().severity().word());
        json.put("rule", finding.rule().id());
        json.put("title", finding.rule().title());
        json.put("why", finding.rule().why());
        json.put("mode", mode.word());
        ObjectNode event = json.putObject("event");
        event.put("id", record.eventId());
        event.put("time", record.eventTime().toString());
        event.put("call", record.call());
        event.put("account", record.account());
        event.put("region", record.region());
        ObjectNode who = json.putObject("session");
        who.put("id", session.id());
        who.put("role", session.roleArn());
        who.put("name", session.name());
        who.put("developer", session.developer());
        who.put("project", session.project());
        who.put("ownerKnown", session.ownerKnown());
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
