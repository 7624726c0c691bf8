package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that denies everything to whom one of its terms hits, with credentials issued before the cut-off.
 *
 * @param terms of one operator and key; none means every session of the role
 * @param open whether whoever folds sessions into it is still at it
 */
record DenyStatement(Set<DenyTerm> terms, Instant cutOff, boolean open) {
    private static final String OPEN = "open";
    private static final String BEFORE = "DateLessThan";
    private static final String ISSUED = "aws:TokenIssueTime";
    private static final Set<String> FIELDS = Set.of("Sid", "Effect", "Action", "Resource", "Condition");

    DenyStatement {
        terms = new LinkedHashSet<>(terms);
    }

    DenyStatement(Set<DenyTerm> terms, Instant cutOff) {
        this(terms, cutOff, false);
    }

    /** As few statements as can say it: one for each operator and key. */
    static List<DenyStatement> of(Set<DenyTerm> terms, Instant cutOff) {
        List<Set<DenyTerm>> groups = new ArrayList<>();
        for (DenyTerm term : terms) {
            groups.stream()
                    .filter(group -> group.iterator().next().listsWith(term))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new LinkedHashSet<>());
                        return groups.getLast();
                    })
                    .add(term);
        }
        return groups.stream().map(group -> new DenyStatement(group, cutOff)).toList();
    }

    JsonNode toJson() {
        ObjectNode statement = Json.object();
        if (open) {
            statement.put("Sid", OPEN);
        }
        statement.put("Effect", "Deny");
        statement.put("Action", "*");
        statement.put("Resource", "*");
        ObjectNode condition = statement.putObject("Condition");
        for (DenyTerm term : terms) {
            ObjectNode operator = condition.withObjectProperty(term.operator());
            if (terms.size() == 1) {
                operator.put(term.key(), term.value());
            } else {
                operator.withArrayProperty(term.key()).add(term.value());
            }
        }
        condition.putObject(BEFORE).put(ISSUED, cutOff.toString());
        return statement;
    }

    /** Reads what {@link #toJson} wrote; empty for anything that somebody else wrote or changed. */
    static Optional<DenyStatement> of(JsonNode statement) {
        JsonNode condition = statement.path("Condition");
        Set<DenyTerm> terms = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> operator : condition.properties()) {
            if (!operator.getKey().equals(BEFORE)) {
                operator.getValue().properties().forEach(key -> terms.addAll(terms(operator.getKey(), key)));
            }
        }
        Optional<Instant> cutOff = instant(condition.path(BEFORE));
        boolean ours = statement.properties().stream().map(Map.Entry::getKey).allMatch(FIELDS::contains)
                && (!statement.has("Sid") || OPEN.equals(Json.text(statement, "Sid")))
                && "Deny".equals(Json.text(statement, "Effect"))
                && "*".equals(Json.text(statement, "Action"))
                && "*".equals(Json.text(statement, "Resource"))
                && condition.size() == (terms.isEmpty() ? 1 : 2)
                && terms.stream()
                        .allMatch(term ->
                                term.isOurs() && term.listsWith(terms.iterator().next()));
        return ours ? cutOff.map(time -> new DenyStatement(terms, time, statement.has("Sid"))) : Optional.empty();
    }

    /** The same without some of its terms; empty when nobody is left. */
    Optional<DenyStatement> without(Set<DenyTerm> lifted) {
        Set<DenyTerm> rest = new LinkedHashSet<>(terms);
        rest.removeAll(lifted);
        return terms.isEmpty() || !rest.isEmpty()
                ? Optional.of(new DenyStatement(rest, cutOff, open))
                : Optional.empty();
    }

    private static List<DenyTerm> terms(String operator, Map.Entry<String, JsonNode> key) {
        return Json.values(Json.object().set("values", key.getValue()), "values").stream()
                .map(text -> new DenyTerm(operator, key.getKey(), text))
                .toList();
    }

    private static Optional<Instant> instant(JsonNode before) {
        String text = before.size() == 1 ? Json.text(before, ISSUED) : null;
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** The document that says all this and nothing else. */
    static String document(List<DenyStatement> statements) {
        ObjectNode document = Json.object();
        document.put("Version", "2012-10-17");
        ArrayNode list = document.putArray("Statement");
        statements.forEach(statement -> list.add(statement.toJson()));
        return Json.write(document);
    }

    /** The same statements, of which the first says whether somebody is still folding: a mark stands once in a policy. */
    static List<DenyStatement> marked(List<DenyStatement> statements, boolean open) {
        List<DenyStatement> marked = new ArrayList<>();
        for (DenyStatement each : statements) {
            marked.add(new DenyStatement(each.terms, each.cutOff, open && marked.isEmpty()));
        }
        return List.copyOf(marked);
    }
}
