package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.port.EventBus.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What Backstop says on the bus, as docs/events.md tells: ids, and the before and after that its own steps show; never the
 * request.
 */
final class BackstopEvents {
    static final String FINDING = "Backstop Finding";
    static final String OUTCOME = "Backstop Outcome";
    static final String KILL = "Backstop Kill";
    static final String RESTORE = "Backstop Restore";
    static final String DRILL = "Backstop Drill";

    private BackstopEvents() {}

    /** Of a finding that is told: itself, every action's outcome, and the kill where there was one. */
    static List<Event> of(Finding finding, Mode mode, List<Outcome> outcomes) {
        List<Event> events = new ArrayList<>();
        events.add(new Event(FINDING, finding(finding, mode)));
        outcomes.stream()
                .filter(outcome -> !Journaled.isAlert(outcome))
                .map(outcome -> outcome(finding, mode, outcome))
                .forEach(events::add);
        List<Outcome> kills = outcomes.stream()
                .filter(outcome -> outcome.action() == Response.REVOKE && outcome.status() != Status.OBSERVED)
                .toList();
        if (!kills.isEmpty()) {
            events.add(kill(
                    finding.session(),
                    Stage.of(kills),
                    new Why(
                            finding.record().eventId(),
                            finding.rule().id(),
                            finding.rule().title(),
                            "backstop"),
                    kills));
        }
        return List.copyOf(events);
    }

    /** Of what a person asked for. */
    static List<Event> of(Rule rule, AgentSession session, Asked asked, List<Outcome> outcomes) {
        List<Event> events = new ArrayList<>();
        outcomes.forEach(outcome -> events.add(new Event(OUTCOME, outcome("backstop.outcome/1", session, outcome))));
        Why why = new Why(asked.reference(), "operator", asked.reason(), asked.operator());
        if (rule.equals(GuardRules.OPERATOR_RESTORED)) {
            events.add(restore(session, why, outcomes));
        } else if (rule.equals(GuardRules.OPERATOR_REVOKED)) {
            events.add(kill(session, Stage.of(outcomes), why, outcomes));
        }
        return List.copyOf(events);
    }

    /** Of a kill, or of what is known of it since. */
    static Event kill(AgentSession session, Stage stage, Why why, List<Outcome> outcomes) {
        ObjectNode detail = about("backstop.kill/1", session);
        detail.put("stage", stage.word());
        return new Event(KILL, why.in(detail, outcomes));
    }

    /** Of a drill, whatever it showed. */
    static Event drill(DrillResult result) {
        return new Event(DRILL, result.toJson().put("schema", "backstop.drill/1"));
    }

    private static Event restore(AgentSession session, Why why, List<Outcome> outcomes) {
        ObjectNode detail = about("backstop.restore/1", session);
        detail.put("complete", outcomes.stream().allMatch(Outcome::contained));
        return new Event(RESTORE, why.in(detail, outcomes));
    }

    private static ObjectNode finding(Finding finding, Mode mode) {
        ObjectNode detail = about("backstop.finding/1", finding.session());
        detail.put("eventId", finding.record().eventId());
        detail.put("rule", finding.rule().id());
        detail.put("title", finding.rule().title());
        detail.put("category", finding.rule().category().word());
        detail.put("ruleSeverity", finding.rule().severity().word());
        detail.put("call", finding.record().call());
        detail.put("time", finding.record().eventTime().toString());
        detail.set("response", Json.MAPPER.valueToTree(finding.responseWords()));
        return place(detail, finding, mode);
    }

    private static Event outcome(Finding finding, Mode mode, Outcome outcome) {
        return new Event(OUTCOME, place(outcome("backstop.outcome/1", finding.session(), outcome), finding, mode));
    }

    private static ObjectNode outcome(String schema, AgentSession session, Outcome outcome) {
        return about(schema, session).setAll(outcome.toJson());
    }

    private static ObjectNode about(String schema, AgentSession session) {
        ObjectNode detail = Json.object();
        detail.put("schema", schema);
        detail.put("session", session.id());
        detail.put("role", session.roleArn());
        detail.put("developer", session.developer());
        detail.put("project", session.project());
        return detail;
    }

    private static ObjectNode place(ObjectNode detail, Finding finding, Mode mode) {
        detail.put("severity", finding.severity().word());
        detail.set("softened", Json.MAPPER.valueToTree(finding.softened()));
        detail.put("mode", mode.word());
        detail.put("account", finding.record().account());
        detail.put("region", finding.record().region());
        Resource resource = finding.resource();
        detail.putObject("resource").put("type", resource.type()).put("id", resource.id());
        return detail;
    }

    /** How far a kill is. */
    enum Stage {
        /** Every policy is written and read back. */
        DENIED,
        /** Something is left to do. */
        INCOMPLETE,
        /** IAM has refused a call of the session. */
        CONFIRMED,
        /** A call has succeeded, minutes after. */
        REFUTED;

        static Stage of(List<Outcome> outcomes) {
            return outcomes.stream().allMatch(Outcome::contained) ? DENIED : INCOMPLETE;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What led to it.
     *
     * @param eventId the event, or the operator's reference
     * @param rule the rule that asked for it, or {@code operator}
     * @param by who asked, as claimed
     */
    record Why(String eventId, String rule, String reason, String by) {
        ObjectNode in(ObjectNode detail, List<Outcome> outcomes) {
            detail.put("eventId", eventId);
            detail.put("rule", rule);
            detail.put("reason", reason);
            detail.put("by", by);
            var words = detail.putArray("outcomes");
            outcomes.forEach(outcome -> words.add(outcome.toJson()));
            return detail;
        }
    }
}
