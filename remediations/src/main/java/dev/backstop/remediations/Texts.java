package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a record different versions of an API spell differently. */
final class Texts {
    private static final Pattern VERSION = Pattern.compile("20\\d{6}(v\\d+)?$");

    private Texts() {}

    /** A call's name without the version that Lambda appends: {@code AddPermission20150331v2}. */
    static String unversioned(String eventName) {
        return VERSION.matcher(eventName).replaceFirst("");
    }

    /** For a call of a rule's that this remediation has no answer to: rules gather calls by what they endanger. */
    static Plan notUndone(CloudTrailRecord record) {
        return new Plan.Refused(
                "Backstop does not undo " + record.call() + ": look at what it changed, and put it right by" + " hand");
    }

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
