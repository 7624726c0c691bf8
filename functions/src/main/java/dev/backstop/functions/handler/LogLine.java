package dev.backstop.functions.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.functions.line.Answer;
import java.time.Duration;
import java.time.Instant;

/**
 * One structured log line an outcome: ids, never payloads, never credentials. The stack's metric filters and Logs Insights
 * read its fields.
 */
final class LogLine {
    private LogLine() {}

    /** To standard output, since Lambda's logger would put the JSON into a string of its own, which no filter reads. */
    static void print(ObjectNode line) {
        System.out.println(Json.write(line));
    }

    static ObjectNode of(Answer answer, Outcome outcome) {
        ObjectNode line = of(outcome);
        line.put("severity", answer.finding().severity().word());
        line.put("session", answer.finding().session().id());
        line.put("resource", answer.finding().resource().id());
        line.put("duplicate", answer.duplicate());
        return line;
    }

    /** How long something took since an instant, for a metric of that name. */
    static ObjectNode measure(String name, Instant since) {
        double seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
        return Json.object().put("measure", name).put("seconds", seconds);
    }

    static ObjectNode of(Outcome outcome) {
        ObjectNode line = Json.object();
        line.put("event", outcome.eventId());
        line.put("rule", outcome.rule());
        line.put("action", outcome.action().word());
        line.put("status", outcome.status().word());
        line.put("verified", outcome.verified());
        return line;
    }
}
