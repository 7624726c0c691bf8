package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.core.Window;
import dev.backstop.core.WindowRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.event.ruler.Machine;

/**
 * The rules over what a session does within some time, with the patterns of what counts in each; the same for the function
 * that sees all calls of agents and for the command line.
 */
public final class WindowBook {
    private final List<Entry> entries;
    private final Machine machine = Machine.builder().build();

    private WindowBook(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        for (Entry entry : entries) {
            try {
                machine.addRule(entry.rule().rule().id(), Json.write(entry.pattern()));
            } catch (IOException e) {
                String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                throw new BadInputException(entry.file(), "pattern", "event-ruler refuses it: " + what);
            }
        }
    }

    /**
     * The windows among the rules in force.
     *
     * @throws BadInputException when a pattern is none
     */
    public static WindowBook of(RuleBook book) {
        return new WindowBook(book.composedWindows().stream()
                .map(composed -> new Entry(
                        new WindowRule(
                                composed.definition().rule(),
                                Objects.requireNonNull(composed.definition().window())),
                        composed.pattern(),
                        composed.definition().file()))
                .toList());
    }

    /** Reads what {@link #toJson} wrote. */
    public static WindowBook of(JsonNode json, String where) {
        List<Entry> entries = new ArrayList<>();
        json.forEach(item -> entries.add(new Entry(
                new WindowRule(Rule.of(item, where), Window.of(item.path("window"))),
                (ObjectNode) item.path("pattern"),
                where)));
        return new WindowBook(entries);
    }

    /** No windows. */
    public static WindowBook empty() {
        return new WindowBook(List.of());
    }

    /** For the functions, which have no rule files. */
    public ArrayNode toJson() {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (Entry entry : entries) {
            ObjectNode item = entry.rule().rule().toJson();
            item.set("window", entry.rule().window().toJson());
            item.set("pattern", entry.pattern());
            json.add(item);
        }
        return json;
    }

    public List<WindowRule> rules() {
        return entries.stream().map(Entry::rule).toList();
    }

    /** Whether any call can count at all. */
    public boolean mayCount() {
        return !entries.isEmpty();
    }

    /** The ids of the rules in whose windows an EventBridge event counts. */
    public Set<String> counting(JsonNode event) {
        return Set.copyOf(machine.rulesForJSONEvent(event));
    }

    private record Entry(WindowRule rule, ObjectNode pattern, String file) {}
}
