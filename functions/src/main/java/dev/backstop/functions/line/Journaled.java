package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Plan;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import java.util.List;
import java.util.Optional;

/** What is written down of a finding: who, what and the plan; never the request, which may hold secrets. */
final class Journaled {
    private Journaled() {}

    static ObjectNode entry(Finding finding, Optional<Plan> plan) {
        ObjectNode entry = Json.object();
        entry.put("rule", finding.rule().id());
        entry.put("call", finding.record().call());
        entry.put("time", finding.record().eventTime().toString());
        entry.put("session", finding.session().id());
        entry.put("role", finding.session().roleArn());
        entry.put("resource", finding.resource().key());
        entry.put("severity", finding.severity().word());
        entry.set("softened", Json.MAPPER.valueToTree(finding.softened()));
        plan.ifPresent(made -> entry.set("plan", plan(made)));
        return entry;
    }

    /** The alert, as the last outcome of every finding. */
    static Outcome alerted(Finding finding) {
        String lowered = finding.softened().isEmpty()
                ? ""
                : " (rule " + finding.rule().severity().word() + "; " + String.join("; ", finding.softened()) + ")";
        String message = finding.severity().word() + ": " + finding.rule().title() + ", "
                + finding.resource().id() + lowered;
        return new Outcome(
                finding.record().eventId(),
                finding.rule().id(),
                Response.ALERT,
                "alert",
                Status.APPLIED,
                null,
                null,
                false,
                message,
                null);
    }

    static boolean isAlert(Outcome outcome) {
        return outcome.action() == Response.ALERT;
    }

    static ArrayNode plan(Plan plan) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        switch (plan) {
            case Plan.Refused(String why) -> json.addObject().put("refused", why);
            case Plan.Steps(List<Step<?>> steps) ->
                steps.forEach(step -> json.addObject()
                        .put("action", step.action())
                        .put("resource", step.resource().id())
                        .put("summary", step.summary()));
        }
        return json;
    }
}
