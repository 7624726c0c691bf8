package dev.backstop.remediations;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.backstop.core.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy by what it says: documents are equal that differ only in order, in lists of one, and in the ways that AWS
 * rewrites a policy when it keeps it.
 *
 * @param canonical the document in the one form in which it is compared
 * @param text the document as it was given, compact
 */
record PolicyDocument(JsonNode canonical, @JsonValue String text) {
    private static final Pattern ACCOUNT = Pattern.compile("arn:[^:]+:iam::(\\d{12}):root");

    @JsonCreator
    static PolicyDocument kept(String text) {
        return of(Json.read(text));
    }

    static PolicyDocument of(JsonNode document) {
        return new PolicyDocument(canonical(document), Json.write(document));
    }

    /** Reads a document; IAM's come percent-encoded from AWS Config. Empty where it is no JSON object. */
    static Optional<PolicyDocument> read(String text) {
        String plain =
                text.startsWith("%7B") ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
        try {
            JsonNode document = Json.read(plain);
            return document.isObject() ? Optional.of(of(document)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** {@code 2 statements, 412 characters}: people need to see that it differs, not all of it. */
    String words() {
        int statements = Json.items(Json.read(text).path("Statement")).size();
        return statements + (statements == 1 ? " statement, " : " statements, ") + text.length() + " characters";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyDocument document && document.canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    private static JsonNode canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(field -> copy.set(field.getKey(), canonical(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            return list(array);
        }
        Matcher account = ACCOUNT.matcher(node.asText());
        return TextNode.valueOf(account.matches() ? account.group(1) : node.asText());
    }

    private static JsonNode list(ArrayNode array) {
        ArrayNode sorted = Json.MAPPER.createArrayNode();
        array.valueStream()
                .map(PolicyDocument::canonical)
                .distinct()
                .sorted(Comparator.comparing(JsonNode::toString))
                .forEach(sorted::add);
        return sorted.size() == 1 ? sorted.get(0) : sorted;
    }
}
