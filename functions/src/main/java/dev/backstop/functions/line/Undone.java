package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Command;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Response;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Seen;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Remakes;
import dev.backstop.core.port.Remakes.Order;
import dev.backstop.functions.line.StepRunner.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was undone because of an incident's findings, and how it is made again: by Backstop, or by a person with a command. */
record Undone(Incidents incidents, Journal journal, Remakes remakes, Approvals approvals, Notice notice) {
    /** Makes it again, and tells the others what is new; what was made again before is not made twice. */
    List<Outcome> again(Case about, Asked asked, Instant until) {
        // What was undone last is made again first: it says what the others are to find.
        List<String> findings = incidents.findings(about.id()).reversed().stream()
                .map(seen -> seen.occurrence().key())
                .toList();
        if (findings.isEmpty()) {
            return List.of();
        }
        List<Outcome> outcomes;
        try {
            outcomes = remakes.remake(new Order(findings, asked.mode(), asked.reference(), until));
        } catch (RuntimeException e) {
            return List.of(Cause.of(asked.reference())
                    .unchanged(
                            Status.FAILED,
                            "make again what was undone",
                            "what undid it did not answer: " + e.getMessage() + "; ask again",
                            null));
        }
        List<Outcome> made = outcomes.stream()
                .filter(outcome -> outcome.eventId().equals(asked.reference()))
                .toList();
        if (!made.isEmpty()) {
            notice.of(GuardRules.OPERATOR_PUT_BACK, asked, about.session(), about.resource(), made);
        }
        return outcomes;
    }

    /** Each step once: {@code [{rule, resource, step, before, after, event, again, approved, command}]}. */
    ArrayNode list(Case about) {
        Map<String, ObjectNode> steps = new LinkedHashMap<>();
        for (Seen seen : incidents.findings(about.id())) {
            String key = seen.occurrence().key();
            List<Outcome> applied = journal.ended(key).orElse(List.of()).stream()
                    .filter(outcome -> outcome.action() == Response.REVERT && outcome.status() == Status.APPLIED)
                    .toList();
            Set<String> kept = applied.isEmpty()
                    ? Set.of()
                    : new Again(journal, key).notes().keySet();
            for (Outcome outcome : applied) {
                steps.computeIfAbsent(outcome.eventId() + outcome.step(), _ -> step(seen, outcome, kept));
            }
        }
        ArrayNode list = Json.MAPPER.createArrayNode();
        steps.values().forEach(list::add);
        return list;
    }

    /** @param kept the steps that there is something for to make it again, without the remarks on them */
    private ObjectNode step(Seen seen, Outcome outcome, Set<String> kept) {
        ObjectNode json = Json.object();
        json.put("rule", outcome.rule());
        json.put("resource", seen.occurrence().resource().id());
        json.put("step", outcome.step());
        json.put("before", outcome.before());
        json.put("after", outcome.after());
        json.put("event", outcome.eventId());
        json.put("again", kept.stream().anyMatch(outcome.step()::startsWith));
        json.put("approved", approvals.of(seen.occurrence().resource()).isPresent());
        json.put(
                "command",
                Command.line(
                        "aws",
                        "cloudtrail",
                        "lookup-events",
                        "--region",
                        seen.occurrence().resource().region(),
                        "--lookup-attributes",
                        "AttributeKey=EventId,AttributeValue=" + outcome.eventId(),
                        "--query",
                        "Events[].CloudTrailEvent",
                        "--output",
                        "text"));
        return json;
    }
}
