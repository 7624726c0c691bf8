package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a deleted function was, as far as AWS Config knows, and how to create it again from its source. */
final class DescribeDeletedFunction implements Remediation {
    private static final Map<String, String> OPTIONS = options();

    @Override
    public String id() {
        return "describe-deleted-function";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(function(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Resource function = function(record);
        PriorState known = prior.get(function);
        JsonNode before = known == null ? null : known.configuration();
        return Texts.unversioned(record.eventName()).equals("DeleteFunction")
                ? new Plan.Steps(List.of(new DeletedFunction(
                        function, Json.text(record.request(), "qualifier"), was(before), command(function, before))))
                : Texts.notUndone(record);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(new Permission(
                "lambda:ListVersionsByFunction", "arn:${Partition}:lambda:${Region}:${Account}:function:*"));
    }

    /** Nothing of its environment, which holds secrets. */
    private static String was(@Nullable JsonNode before) {
        if (before == null) {
            return "something that AWS Config did not record";
        }
        List<String> parts = new ArrayList<>();
        for (String field : List.of("runtime", "handler", "role", "memorySize", "timeout", "codeSha256")) {
            String value = Json.text(before, field);
            if (value != null) {
                parts.add(field + " " + value);
            }
        }
        List<String> layers = Json.values(before, "layers.arn");
        if (!layers.isEmpty()) {
            parts.add("layers " + String.join(" and ", layers));
        }
        return String.join(", ", parts);
    }

    private static String command(Resource function, @Nullable JsonNode before) {
        List<String> line = new ArrayList<>(List.of(
                "aws", "lambda", "create-function", "--region", function.region(), "--function-name", function.id()));
        OPTIONS.forEach((field, option) -> {
            String value = before == null ? null : Json.text(before, field);
            if (value != null) {
                line.addAll(List.of(option, value));
            }
        });
        List<String> layers = before == null ? List.of() : Json.values(before, "layers.arn");
        if (!layers.isEmpty()) {
            line.add("--layers");
            line.addAll(layers);
        }
        line.addAll(List.of("--code", "S3Bucket=YOUR-BUCKET,S3Key=YOUR-CODE"));
        return Command.line(line.toArray(String[]::new));
    }

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("runtime", "--runtime");
        options.put("handler", "--handler");
        options.put("role", "--role");
        options.put("memorySize", "--memory-size");
        options.put("timeout", "--timeout");
        return options;
    }

    /** By its name, as AWS Config knows it; calls may give an ARN. */
    private static Resource function(CloudTrailRecord record) {
        String given = Json.text(record.request(), "functionName");
        String name = given == null ? "unknown" : given.replaceFirst("^.*:function:", "");
        return new Resource("AWS::Lambda::Function", name, record.region(), record.account());
    }
}
