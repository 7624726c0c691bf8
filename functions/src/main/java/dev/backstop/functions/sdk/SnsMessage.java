package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import java.nio.charset.StandardCharsets;

/**
 * An alert as SNS takes it: text for people, JSON for machines, both cut where SNS would refuse the whole; see <a
 * href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>.
 *
 * @param subject fewer than 100 ASCII characters without line breaks
 * @param body a JSON object with a text for each protocol
 */
record SnsMessage(String subject, String body) {
    /** SNS takes 262,144 bytes, and counts more than the message alone. */
    static final int MOST = 250_000;

    /** What the protocols' names take. */
    private static final int NAMES = 100;

    private static final int MOST_FOR_A_MACHINE = 50_000;
    private static final int MOST_OF_A_FIELD = 1_000;
    private static final int SUBJECT = 99;
    private static final String ELLIPSIS = "...";

    static SnsMessage of(Alert alert, String subject, String text) {
        String json = Json.write(fitting(alert.toJson()));
        String heading = line(subject);
        ObjectNode body = Json.object();
        // Machines by default: each copy is encoded by the SDK several times over.
        body.put("default", json);
        body.put("email", cut(text, MOST - NAMES - size(json) - size(heading)));
        body.put("sms", heading);
        return new SnsMessage(heading, Json.write(body));
    }

    private static String line(String subject) {
        String ascii = subject.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().replaceAll("[^ -~]", "?");
        String some = ascii.isEmpty() ? "Backstop" : ascii;
        return some.length() <= SUBJECT ? some : some.substring(0, SUBJECT - ELLIPSIS.length()) + ELLIPSIS;
    }

    /** The whole alert where it fits; else with its longest fields cut, and as many of the first outcomes as fit. */
    private static JsonNode fitting(ObjectNode alert) {
        if (size(Json.write(alert)) <= MOST_FOR_A_MACHINE) {
            return alert;
        }
        ObjectNode shorter = (ObjectNode) shortened(alert);
        ArrayNode outcomes = (ArrayNode) shorter.path("outcomes");
        int all = outcomes.size();
        while (size(Json.write(shorter)) > MOST_FOR_A_MACHINE && !outcomes.isEmpty()) {
            int keep = outcomes.size() / 2;
            while (outcomes.size() > keep) {
                outcomes.remove(outcomes.size() - 1);
            }
            shorter.put("outcomesLeftOut", all - keep);
        }
        return shorter;
    }

    private static JsonNode shortened(JsonNode node) {
        if (node.isTextual() && node.textValue().length() > MOST_OF_A_FIELD) {
            return TextNode.valueOf(first(node.textValue(), MOST_OF_A_FIELD));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(shortened(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, shortened(array.get(i)));
            }
        }
        return node;
    }

    /** As much of the text as takes so many bytes within JSON. */
    private static String cut(String text, int bytes) {
        if (size(text) <= bytes) {
            return text;
        }
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            if (size(first(text, middle)) <= bytes) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return first(text, fits);
    }

    private static String first(String text, int length) {
        int end = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + ELLIPSIS;
    }

    private static int size(String text) {
        return Json.write(TextNode.valueOf(text)).getBytes(StandardCharsets.UTF_8).length;
    }
}
