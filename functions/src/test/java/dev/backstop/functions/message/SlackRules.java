package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Slack documents of a message to an incoming webhook, as its server would hold one to it: <a
 * href="https://docs.slack.dev/reference/block-kit/blocks/">blocks</a>, <a
 * href="https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/">rich text</a>.
 */
public final class SlackRules {
    private static final int BLOCKS = 50;
    private static final int CHARACTERS = 12_000;
    private static final Map<String, Set<String>> ELEMENTS =
            Map.of("rich_text_section", Set.of("text", "link"), "rich_text_preformatted", Set.of("text", "link"));

    private SlackRules() {}

    /** Every rule that a payload breaks. */
    public static List<String> broken(JsonNode payload) {
        List<String> broken = new ArrayList<>();
        JsonNode blocks = payload.path("blocks");
        if (payload.path("text").asText().isBlank()) {
            broken.add("no text for notifications");
        }
        if (payload.path("text").asText().matches("(?s).*[<>\\n].*")) {
            broken.add("text with markup: " + payload.path("text"));
        }
        if (blocks.size() > BLOCKS) {
            broken.add(blocks.size() + " blocks");
        }
        if (payload.toString().length() > CHARACTERS * 2 || text(blocks).length() > CHARACTERS) {
            broken.add(text(blocks).length() + " characters in all");
        }
        blocks.forEach(block -> block(block, broken));
        return broken;
    }

    /** The tree without its texts. */
    static String shape(JsonNode payload) {
        return shape(payload.path("blocks"), new StringBuilder()).toString();
    }

    private static StringBuilder shape(JsonNode node, StringBuilder shape) {
        shape.append('{');
        node.properties().forEach(field -> {
            shape.append(field.getKey()).append(' ');
            if (field.getKey().equals("type")) {
                shape.append(field.getValue());
            }
            shape(field.getValue(), shape);
        });
        if (node.isArray()) {
            node.forEach(item -> shape(item, shape));
        }
        return shape.append('}');
    }

    private static void block(JsonNode block, List<String> broken) {
        switch (block.path("type").asText()) {
            case "header" -> plain(block.path("text"), Blocks.MOST_OF_A_HEADER, broken);
            case "section" -> {
                if (block.has("text")) {
                    plain(block.path("text"), Blocks.MOST_OF_A_SECTION, broken);
                }
                if (block.has("fields")
                        && (block.path("fields").isEmpty()
                                || block.path("fields").size() > 10)) {
                    broken.add(block.path("fields").size() + " fields");
                }
                block.path("fields").forEach(field -> plain(field, Blocks.MOST_OF_A_FIELD, broken));
            }
            case "rich_text" -> block.path("elements").forEach(element -> richText(element, broken));
            default -> broken.add("a block of type " + block.path("type"));
        }
    }

    private static void richText(JsonNode element, List<String> broken) {
        Set<String> allowed = ELEMENTS.getOrDefault(element.path("type").asText(), Set.of());
        if (element.path("elements").isEmpty()) {
            broken.add("an empty " + element.path("type"));
        }
        for (JsonNode part : element.path("elements")) {
            if (!allowed.contains(part.path("type").asText())) {
                broken.add(part.path("type") + " in " + element.path("type"));
            }
            if (part.path("text").asText().isEmpty()) {
                broken.add("empty text in " + element.path("type"));
            }
            if (part.has("url") && !part.path("url").asText().startsWith("https://")) {
                broken.add("link to " + part.path("url"));
            }
        }
    }

    private static void plain(JsonNode text, int most, List<String> broken) {
        int length = text.path("text").asText().length();
        if (!text.path("type").asText().equals("plain_text") || length == 0 || length > most) {
            broken.add(text.path("type") + " of " + length + " characters");
        }
    }

    private static String text(JsonNode node) {
        return String.join("", node.findValuesAsText("text"));
    }
}
