package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import org.jspecify.annotations.Nullable;

/** Fields of a record that different versions of an API spell differently. */
final class Texts {
    private Texts() {}

    /** The first of the fields that is there, or null where none is. */
    static @Nullable String first(JsonNode node, String... fields) {
        for (String field : fields) {
            String text = Json.text(node, field);
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
