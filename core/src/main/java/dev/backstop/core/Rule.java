package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the respond function must know of a rule: everything but its pattern, which EventBridge has applied already.
 *
 * @param id lower-case words with hyphens, the name of its file
 * @param why one or two sentences for the person who is alerted
 * @param category what it protects against
 * @param responses always holds {@link Response#ALERT}
 * @param remediation the id of the remediation that reverts it; not null exactly when responses hold REVERT
 * @param resourceType the CloudFormation type of what the call changed
 * @param resourcePaths dotted paths into the record where the resource's id may stand, the first that is there counts
 * @param said what the session did, to follow its name: {@code opened RESOURCE to the world}; null where the title must do
 */
public record Rule(
        String id,
        String title,
        String why,
        Category category,
        Severity severity,
        Set<Response> responses,
        @Nullable String remediation,
        String resourceType,
        List<String> resourcePaths,
        @Nullable String said) {
    /** What stands for the resource's id in {@link #said}. */
    public static final String RESOURCE = "RESOURCE";

    /** So that a subject has room for the session, the resource and what was done. */
    private static final int LONGEST_SAID = 60;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public Rule {
        if (!ID.matcher(id).matches() || id.length() > 50) {
            throw new IllegalArgumentException("id: at most 50 lower-case letters, digits and hyphens, not: " + id);
        }
        if (!responses.contains(Response.ALERT)) {
            throw new IllegalArgumentException("response: every rule alerts, so the list must hold alert");
        }
        if (responses.contains(Response.REVERT) != (remediation != null)) {
            throw new IllegalArgumentException("remediation: goes with response revert, one needs the other");
        }
        if (said != null && said.length() > LONGEST_SAID) {
            throw new IllegalArgumentException("said: at most " + LONGEST_SAID + " characters, not: " + said);
        }
        responses = Set.copyOf(responses);
        resourcePaths = List.copyOf(resourcePaths);
    }

    /** A rule whose title says what happened. */
    public Rule(
            String id,
            String title,
            String why,
            Category category,
            Severity severity,
            Set<Response> responses,
            @Nullable String remediation,
            String resourceType,
            List<String> resourcePaths) {
        this(id, title, why, category, severity, responses, remediation, resourceType, resourcePaths, null);
    }

    /** What happened in a few words: {@code sess_a8f3b21c opened sg-0123 to the world}. */
    public String headline(String who, String what) {
        return said == null ? title + ", " + what + " (" + who + ")" : who + " " + said.replace(RESOURCE, what);
    }

    /** The same rule with another remediation. */
    public Rule undoneBy(String other) {
        return new Rule(id, title, why, category, severity, responses, other, resourceType, resourcePaths, said);
    }

    /** The same rule, saying in its reason what was seen. */
    public Rule because(String seen) {
        return new Rule(
                id, title, why + " " + seen, category, severity, responses, remediation, resourceType, resourcePaths);
    }

    /** The responses in the order they are listed to people. */
    public List<String> responseWords() {
        return Response.words(responses);
    }

    /** The resource of a record that this rule matched; its id is {@code unknown} where the record does not say. */
    public Resource resource(CloudTrailRecord record) {
        List<String> ids = resourceIds(record);
        String id = ids.isEmpty() ? "unknown" : ids.getFirst();
        return new Resource(resourceType, id, record.region(), record.account());
    }

    /** The ids of all resources that a record is about, at the first path that is there; empty where it does not say. */
    public List<String> resourceIds(CloudTrailRecord record) {
        return resourcePaths.stream()
                .map(path -> Json.values(record.json(), path))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The rule as it travels in the target's input. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("rule", id);
        json.put("title", title);
        if (said != null) {
            json.put("said", said);
        }
        json.put("why", why);
        json.put("category", category.word());
        json.put("severity", severity.word());
        json.set("response", Json.MAPPER.valueToTree(responseWords()));
        if (remediation != null) {
            json.put("remediation", remediation);
        }
        ObjectNode resource = json.putObject("resource");
        resource.put("type", resourceType);
        resource.set("id", Json.MAPPER.valueToTree(resourcePaths));
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws BadInputException when a field is missing or wrong
     */
    public static Rule of(JsonNode json, String where) {
        try {
            Set<Response> responses = EnumSet.noneOf(Response.class);
            json.path("response").forEach(word -> responses.add(Response.valueOf(upper(word.asText()))));
            return new Rule(
                    json.path("rule").asText(),
                    json.path("title").asText(),
                    json.path("why").asText(),
                    Category.valueOf(upper(json.path("category").asText())),
                    Severity.valueOf(upper(json.path("severity").asText())),
                    responses,
                    Json.text(json, "remediation"),
                    json.path("resource").path("type").asText(),
                    Json.values(json, "resource.id"),
                    Json.text(json, "said"));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    where, "rule", "not a rule that this version of Backstop wrote: " + e.getMessage());
        }
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
