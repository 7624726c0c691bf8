package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.EventBus.Event;
import java.util.List;

/** What Backstop says on the bus: ids, and the before and after that its own steps show; never the request. */
final class BackstopEvents {
    private static final String OUTCOME = "Backstop Outcome";

    private BackstopEvents() {}

    /** One event an outcome. */
    static List<Event> of(Finding finding, Mode mode, List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> event(finding, mode, outcome)).toList();
    }

    private static Event event(Finding finding, Mode mode, Outcome outcome) {
        ObjectNode detail = outcome.toJson();
        detail.put("severity", finding.severity().word());
        detail.set("softened", Json.MAPPER.valueToTree(finding.softened()));
        detail.put("mode", mode.word());
        detail.put("account", finding.record().account());
        detail.put("region", finding.record().region());
        detail.put("session", finding.session().id());
        detail.put("developer", finding.session().developer());
        detail.put("project", finding.session().project());
        ObjectNode resource = Json.object();
        resource.put("type", finding.resource().type());
        resource.put("id", finding.resource().id());
        detail.set("resource", resource);
        return new Event(OUTCOME, detail);
    }
}
