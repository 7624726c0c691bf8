package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.backstop.core.Json;
import java.nio.charset.StandardCharsets;

/** Cuts a document to what a service takes: its longest fields, then its last outcomes; whoever reads it is told. */
final class Fitting {
    private static final int MOST_OF_A_FIELD = 1_000;
    private static final String ELLIPSIS = "...";

    private Fitting() {}

    /**
     * The whole document where it fits.
     *
     * @param bytes what it may take
     * @param inText whether it will be a text within other JSON, where quotes take two bytes
     */
    static ObjectNode into(ObjectNode document, int bytes, boolean inText) {
        if (size(document, inText) <= bytes) {
            return document;
        }
        ObjectNode shorter = (ObjectNode) shortened(document.deepCopy());
        if (shorter.path("outcomes") instanceof ArrayNode outcomes) {
            int all = outcomes.size();
            while (size(shorter, inText) > bytes && !outcomes.isEmpty()) {
                int keep = outcomes.size() / 2;
                while (outcomes.size() > keep) {
                    outcomes.remove(outcomes.size() - 1);
                }
                shorter.put("outcomesLeftOut", all - keep);
            }
        }
        return shorter;
    }

    private static int size(JsonNode document, boolean inText) {
        String json = Json.write(document);
        return bytes(inText ? Json.write(TextNode.valueOf(json)) : json);
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode shortened(JsonNode node) {
        if (node.isTextual() && node.textValue().length() > MOST_OF_A_FIELD) {
            return TextNode.valueOf(first(node.textValue(), MOST_OF_A_FIELD));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(shortened(field.getValue())));
            // Half a command is worse than none.
            if (object.path("command").asText().endsWith(ELLIPSIS)) {
                object.putNull("command");
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, shortened(array.get(i)));
            }
        }
        return node;
    }

    static String first(String text, int length) {
        int end = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + ELLIPSIS;
    }
}
