package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which things a call was about, for a person who reads a timeline: ids, names and ARNs only. */
final class Touched {
    private static final Pattern NAMES_A_THING = Pattern.compile("(?i).*(arn|id|ids|name|identifier)");

    /** Fields that end like a name and name no thing. */
    private static final Pattern NOT_ONE = Pattern.compile("(?i).*(token|requestid|sessionname)");

    private static final int MOST = 3;
    private static final int LONGEST = 128;

    private Touched() {}

    /** The first few of them, or null where the record names none. */
    static @Nullable String by(CloudTrailRecord record) {
        List<String> found = new ArrayList<>(
                Json.values(record.json(), "resources.ARN").stream().limit(MOST).toList());
        if (found.isEmpty()) {
            for (Map.Entry<String, JsonNode> field : record.request().properties()) {
                String name = field.getKey();
                if (NAMES_A_THING.matcher(name).matches()
                        && !NOT_ONE.matcher(name).matches()) {
                    found.addAll(Json.values(field.getValue(), "items." + singular(name)));
                    if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                        found.add(field.getValue().asText());
                    }
                }
            }
            found.addAll(Json.values(record.request(), "instancesSet.items.instanceId"));
        }
        String joined = String.join(
                ", ",
                found.stream()
                        .limit(MOST)
                        .map(id -> id.length() > LONGEST ? id.substring(0, LONGEST) : id)
                        .toList());
        return joined.isEmpty() ? null : joined;
    }

    private static String singular(String name) {
        return name.endsWith("Ids") ? name.substring(0, name.length() - 1) : name;
    }
}
