package dev.backstop.functions.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.List;

/**
 * A list of Block Kit blocks within <a href="https://docs.slack.dev/reference/block-kit/blocks/">Slack's limits</a>. Every
 * value stands in plain or rich text, of which Slack reads nothing as markup: there is nothing to break out of.
 */
final class Blocks {
    static final int MOST_OF_A_HEADER = 150;
    static final int MOST_OF_A_SECTION = 3_000;
    static final int MOST_OF_A_FIELD = 2_000;
    static final int MOST_FIELDS = 10;
    /** A message as a whole has a limit too, which all of its parts together keep. */
    private static final int MOST_OF_A_VALUE = 300;

    private static final int MOST_OF_A_PARAGRAPH = 500;
    private static final int MOST_OF_A_COMMAND = 800;
    private static final int MOST_OF_A_TEXT = 1_000;

    private final ArrayNode blocks = Json.MAPPER.createArrayNode();

    Blocks header(String text) {
        blocks.addObject().put("type", "header").set("text", plain(text, MOST_OF_A_HEADER));
        return this;
    }

    Blocks section(String text) {
        if (!text.isBlank()) {
            blocks.addObject().put("type", "section").set("text", plain(text, MOST_OF_A_TEXT));
        }
        return this;
    }

    /** Name and value by turns, two fields a line. */
    Blocks fields(List<String> namesAndValues) {
        ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
        for (int i = 0; i + 1 < namesAndValues.size() && fields.size() < MOST_FIELDS; i += 2) {
            fields.add(plain(namesAndValues.get(i) + ": " + namesAndValues.get(i + 1), MOST_OF_A_VALUE));
        }
        return this;
    }

    /** A paragraph: bold words, then running ones. */
    Blocks paragraph(String bold, String text) {
        ArrayNode elements = richText("rich_text_section");
        text(elements, bold, MOST_OF_A_VALUE).putObject("style").put("bold", true);
        if (!text.isEmpty()) {
            text(elements, text, MOST_OF_A_PARAGRAPH);
        }
        return this;
    }

    /** A command that can be copied whole; one that is too long for that is not shown. */
    Blocks command(String command) {
        ArrayNode elements = richText("rich_text_preformatted");
        String line = Plain.line(command);
        String shown = line.length() <= MOST_OF_A_COMMAND ? line : "too long for here: see the e-mail, or the event";
        text(elements, shown, MOST_OF_A_COMMAND);
        return this;
    }

    /** Links, one after the other; what is no address stands there as it is. */
    Blocks links(List<Link> links) {
        ArrayNode elements = richText("rich_text_section");
        for (int i = 0; i < links.size(); i++) {
            if (i > 0) {
                text(elements, "  |  ", MOST_OF_A_VALUE);
            }
            Link link = links.get(i);
            if (SlackText.isAddress(link.address())) {
                elements.addObject()
                        .put("type", "link")
                        .put("url", link.address())
                        .put("text", link.text());
            } else {
                text(elements, link.text() + ": " + link.address(), MOST_OF_A_VALUE);
            }
        }
        return this;
    }

    ArrayNode json() {
        return blocks;
    }

    record Link(String text, String address) {}

    private ArrayNode richText(String kind) {
        return blocks.addObject()
                .put("type", "rich_text")
                .putArray("elements")
                .addObject()
                .put("type", kind)
                .putArray("elements");
    }

    private static ObjectNode text(ArrayNode elements, String text, int most) {
        return elements.addObject().put("type", "text").put("text", Plain.first(Plain.line(text), most));
    }

    private static ObjectNode plain(String text, int most) {
        ObjectNode object = Json.object();
        object.put("type", "plain_text");
        object.put("text", Plain.first(Plain.line(text), most));
        object.put("emoji", false);
        return object;
    }
}
