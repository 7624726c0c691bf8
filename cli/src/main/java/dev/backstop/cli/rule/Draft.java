package dev.backstop.cli.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Category;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Severity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A rule over the call that a record holds, with the events that it is held to: whole, and to be narrowed by a person.
 *
 * @param sample the event to begin with
 * @param prefix the service's part of a CloudFormation type, {@code AWS::DynamoDB}
 */
public record Draft(String id, Category category, Severity severity, JsonNode sample, String prefix) {
    private static final Pattern ID_OF_A_THING = Pattern.compile(".*(Name|Id|Identifier|Arn|name|id|arn)");
    private static final int SHOWN = 60;

    /** The files to write, by their paths from the folder of the rules. */
    public Map<Path, String> files(AgentSelector agents) {
        CloudTrailRecord record = CloudTrailRecord.of(sample.path("detail"), id);
        ObjectNode agent = agents.selects(record.caller())
                ? ((ObjectNode) sample.path("detail")).deepCopy()
                : with(record, ExampleCaller.agent(agents, record.account()));
        agent.remove(List.of("errorCode", "errorMessage"));
        ObjectNode person = with(record, ExampleCaller.person(record.account()));
        person.remove(List.of("errorCode", "errorMessage"));
        ObjectNode denied = agent.deepCopy();
        denied.put("errorCode", "AccessDenied");
        denied.putNull("responseElements");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(Path.of(id + ".yaml"), yaml(record));
        files.put(Path.of(id, "matches", "by-agent.json"), event(agent));
        files.put(Path.of(id, "ignores", "by-person.json"), event(person));
        files.put(Path.of(id, "ignores", "denied.json"), event(denied));
        return files;
    }

    private static ObjectNode with(CloudTrailRecord record, ObjectNode caller) {
        ObjectNode other = ((ObjectNode) record.json()).deepCopy();
        other.set("userIdentity", caller);
        return other;
    }

    private String event(ObjectNode detail) {
        ObjectNode event = ((ObjectNode) sample).deepCopy();
        event.set("detail", detail);
        return event.toPrettyString() + "\n";
    }

    private String yaml(CloudTrailRecord record) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("id: ").append(id).append('\n');
        yaml.append("title: ")
                .append(text(record.call() + " called by an agent"))
                .append('\n');
        yaml.append("# What is lost by it, why agents do it, and what to do first: this is read at night.\n");
        yaml.append("why: ")
                .append(text("An agent called " + record.call() + ", which this account wants to hear of."))
                .append('\n');
        yaml.append("category: ").append(category.word()).append('\n');
        yaml.append("severity: ").append(severity.word()).append('\n');
        yaml.append("response: [alert]\n");
        yaml.append("resource:\n  type: ")
                .append(text(prefix + "::" + noun(record)))
                .append('\n');
        yaml.append("  id: [").append(place(record)).append("]\n");
        if (record.json().path("readOnly").asBoolean()) {
            yaml.append("readOnly: true\n");
        }
        yaml.append("pattern:\n  source: [")
                .append(text(sample.path("source").asText()))
                .append("]\n");
        yaml.append("  detail-type: [")
                .append(text(sample.path("detail-type").asText()))
                .append("]\n");
        yaml.append("  detail:\n    eventSource: [")
                .append(text(record.eventSource()))
                .append("]\n");
        yaml.append("    eventName: [").append(text(record.eventName())).append("]\n");
        yaml.append(conditions(record));
        yaml.append("references:\n  - https://docs.aws.amazon.com/service-authorization/latest/reference/\n");
        yaml.append("falsePositives:\n  - The same call in work that was agreed on.\n");
        return yaml.toString();
    }

    /** What the pattern could ask for besides, for a person to choose from. */
    private static String conditions(CloudTrailRecord record) {
        StringBuilder lines = new StringBuilder();
        record.request().properties().stream()
                .filter(field ->
                        field.getValue().isValueNode() && !field.getValue().isNull())
                .filter(field -> field.getKey().matches("[\\w-]+")
                        && field.getValue().asText().length() <= SHOWN)
                .forEach(field -> lines.append("    #   ")
                        .append(field.getKey())
                        .append(": [")
                        .append(field.getValue())
                        .append("]\n"));
        return lines.isEmpty()
                ? ""
                : "    # Narrower, by what makes the call dangerous; the sample had:\n    # requestParameters:\n"
                        + lines;
    }

    private static String place(CloudTrailRecord record) {
        return record.request().properties().stream()
                .filter(field ->
                        field.getValue().isValueNode() && field.getKey().matches("[\\w-]+"))
                .filter(field -> ID_OF_A_THING.matcher(field.getKey()).matches())
                .map(field -> "requestParameters." + field.getKey())
                .findFirst()
                .orElse("requestParameters");
    }

    /** {@code DeleteTable} is about a table. */
    private static String noun(CloudTrailRecord record) {
        String noun = record.eventName().replaceFirst("^[A-Z]?[a-z]+", "").replaceFirst("\\d{8}.*$", "");
        return noun.matches("[A-Za-z0-9]+") ? noun : "Resource";
    }

    /** JSON's strings are YAML's; angle brackets mean something in EventBridge's templates. */
    private static String text(String value) {
        return Json.MAPPER.valueToTree(value.replaceAll("[<>]", "")).toString();
    }
}
