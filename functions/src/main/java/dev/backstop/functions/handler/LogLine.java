package dev.backstop.functions.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.functions.line.Answer;

/** One structured log line an outcome: ids, never payloads, never credentials. */
final class LogLine {
    private LogLine() {}

    static String of(Answer answer, Outcome outcome) {
        ObjectNode line = Json.object();
        line.put("event", outcome.eventId());
        line.put("rule", outcome.rule());
        line.put("severity", answer.finding().rule().severity().word());
        line.put("session", answer.finding().session().id());
        line.put("resource", answer.finding().resource().id());
        line.put("action", outcome.action().word());
        line.put("status", outcome.status().word());
        line.put("verified", outcome.verified());
        line.put("duplicate", answer.duplicate());
        return Json.write(line);
    }
}
