package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What people ask about incidents and exemptions; empty where they ask for something else. */
public record IncidentDesk(IncidentReport report, Exempting exempting, Resolving resolving) {
    /** What changes nothing: {@code {"incidents": …}}, {@code {"incident": …}} and {@code {"exemptions": true}}. */
    public Optional<ObjectNode> read(JsonNode request) {
        if (request.path("exemptions").asBoolean()) {
            return Optional.of(exempting.list());
        }
        return IncidentReport.isAsked(request) ? Optional.of(report.answer(request)) : Optional.empty();
    }

    /** What softens or ends something: {@code {"exempt": …}}, {@code {"endExemption": …}} and {@code {"resolve": …}}. */
    public Optional<ObjectNode> change(JsonNode request) {
        if (Exempting.isAsked(request)) {
            return Optional.of(exempting.answer(request));
        }
        return Resolving.isAsked(request) ? Optional.of(resolving.answer(request)) : Optional.empty();
    }
}
