package dev.backstop.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cdk.BackstopApp.Home;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** A stack's template, with pseudo parameters filled in and references shortened to {@code LogicalId.Attribute}. */
final class Synthesized {
    static final Account ACCOUNT = new Account("aws", "123456789012");
    static final String REGION = "us-east-1";
    static final FunctionCode CODE = standIn();

    private final JsonNode template;

    private Synthesized(JsonNode template) {
        this.template = template;
    }

    static App app(Map<String, Object> context) {
        return new App(
                AppProps.builder().context(context).analyticsReporting(false).build());
    }

    /** What can be switched on, all of it, with a further Region. */
    static Map<String, Object> everything() {
        Map<String, Object> context = new HashMap<>(AlertChannelsTest.ALL);
        context.putAll(Map.of(
                "trail",
                "create",
                "config",
                "create",
                "alertEmail",
                "oncall@example.com",
                "regions",
                "ap-southeast-2"));
        return context;
    }

    /** The home stack in us-east-1. */
    static Synthesized home(Map<String, Object> context) {
        return of(BackstopApp.build(app(context), new Home(ACCOUNT.id(), REGION), CODE));
    }

    static Synthesized of(Stack stack) {
        return new Synthesized(
                resolved(Json.MAPPER.valueToTree(Template.fromStack(stack).toJSON())));
    }

    JsonNode resources() {
        return template.path("Resources");
    }

    String json() {
        return Json.write(template);
    }

    JsonNode outputs() {
        return template.path("Outputs");
    }

    /** The properties of all resources of a CloudFormation type, by logical id. */
    Map<String, JsonNode> ofType(String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        resources().properties().forEach(entry -> {
            if (entry.getValue().path("Type").asText().equals(type)) {
                found.put(entry.getKey(), entry.getValue().path("Properties"));
            }
        });
        return found;
    }

    /** The properties of the only resource of a type. */
    JsonNode only(String type) {
        Map<String, JsonNode> found = ofType(type);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type);
        }
        return found.values().iterator().next();
    }

    /** The properties of the resource whose {@code field} says so. */
    JsonNode named(String type, String field, String value) {
        return ofType(type).values().stream()
                .filter(properties -> properties.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " with " + field + " " + value));
    }

    /** The logical id of the alias that a function is invoked through. */
    String alias(String function) {
        String id = ofType("AWS::Lambda::Function").entrySet().stream()
                .filter(entry -> entry.getValue().path("FunctionName").asText().equals(function))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return ofType("AWS::Lambda::Alias").entrySet().stream()
                .filter(entry -> entry.getValue().path("FunctionName").asText().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** The statements of a role's inline policies. */
    List<JsonNode> statements(String role) {
        return named("AWS::IAM::Role", "RoleName", role).findValues("Statement").stream()
                .flatMap(list -> Json.items(list).stream())
                .filter(statement -> !statement.has("Principal"))
                .toList();
    }

    /** The documents of a role's inline policies. */
    List<JsonNode> inlinePolicies(String role) {
        return Json.items(named("AWS::IAM::Role", "RoleName", role).path("Policies")).stream()
                .map(policy -> policy.path("PolicyDocument"))
                .toList();
    }

    /** The document of a managed policy. */
    JsonNode managedPolicy(String name) {
        return named("AWS::IAM::ManagedPolicy", "ManagedPolicyName", name).path("PolicyDocument");
    }

    private static JsonNode resolved(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.MAPPER.createArrayNode();
            array.forEach(item -> copy.add(resolved(item)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1 && object.has("Ref")) {
            return Json.MAPPER
                    .getNodeFactory()
                    .textNode(reference(object.path("Ref").asText()));
        }
        if (object.size() == 1 && object.has("Fn::GetAtt")) {
            return Json.MAPPER.getNodeFactory().textNode(joined(object.path("Fn::GetAtt"), "."));
        }
        ObjectNode copy = Json.object();
        object.properties().forEach(entry -> copy.set(entry.getKey(), resolved(entry.getValue())));
        if (copy.size() == 1 && copy.has("Fn::Join")) {
            JsonNode join = copy.path("Fn::Join");
            return Json.MAPPER
                    .getNodeFactory()
                    .textNode(joined(join.path(1), join.path(0).asText()));
        }
        return copy;
    }

    private static String reference(String name) {
        return switch (name) {
            case "AWS::Partition" -> ACCOUNT.partition();
            case "AWS::AccountId" -> ACCOUNT.id();
            case "AWS::Region" -> REGION;
            default -> name;
        };
    }

    private static String joined(JsonNode parts, String separator) {
        StringBuilder text = new StringBuilder();
        parts.forEach(
                part -> text.append(text.isEmpty() ? "" : separator).append(part.isTextual() ? part.asText() : part));
        return text.toString();
    }

    private static FunctionCode standIn() {
        try {
            Path zip = Files.createTempFile("backstop", ".zip");
            zip.toFile().deleteOnExit();
            return new FunctionCode(zip, zip, zip, zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
