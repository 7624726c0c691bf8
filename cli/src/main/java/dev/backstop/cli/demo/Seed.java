package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import dev.backstop.core.port.Instances.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What exists before the day begins. */
record Seed(
        String account,
        String region,
        List<Group> groups,
        List<Instance> instances,
        List<Database> databases,
        List<String> functions,
        List<String> buckets,
        List<String> roles) {

    /** A security group with its rules. */
    record Group(String id, String name, List<GroupRule> rules) {}

    static Seed of(JsonNode json) {
        return new Seed(
                text(json, "account"),
                text(json, "region"),
                items(json, "securityGroups").stream().map(Seed::group).toList(),
                items(json, "instances").stream().map(Seed::instance).toList(),
                items(json, "databases").stream().map(Seed::database).toList(),
                words(json, "functions"),
                words(json, "buckets"),
                words(json, "roles"));
    }

    /** What people call a resource; its id where they have no better name. */
    String name(String id) {
        return instances.stream()
                .filter(instance -> instance.id().equals(id))
                .map(instance -> instance.tags().getOrDefault("Name", id))
                .findFirst()
                .or(() -> groups.stream()
                        .filter(group -> group.id().equals(id))
                        .map(Group::name)
                        .findFirst())
                .orElse(id);
    }

    private static Group group(JsonNode json) {
        String id = text(json, "id");
        List<GroupRule> rules = items(json, "rules").stream()
                .map(rule -> new GroupRule(
                        text(rule, "id"),
                        id,
                        rule.path("egress").asBoolean(),
                        text(rule, "protocol"),
                        rule.path("fromPort").asInt(),
                        rule.path("toPort").asInt(),
                        text(rule, "peer"),
                        Json.text(rule, "description")))
                .toList();
        return new Group(id, text(json, "name"), rules);
    }

    private static Database database(JsonNode json) {
        Map<Setting, String> settings = Map.of(Setting.CLASS, text(json, "class"));
        return new Database(text(json, "id"), "available", settings, Map.of(), false, tags(json));
    }

    private static Map<String, String> tags(JsonNode json) {
        Map<String, String> tags = new HashMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    private static Instance instance(JsonNode json) {
        return new Instance(text(json, "id"), text(json, "type"), text(json, "state"), tags(json));
    }

    private static List<String> words(JsonNode json, String field) {
        return items(json, field).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> items(JsonNode json, String field) {
        return StreamSupport.stream(json.path(field).spliterator(), false).toList();
    }

    private static String text(JsonNode json, String field) {
        String text = Json.text(json, field);
        if (text == null) {
            throw new IllegalArgumentException(field + " is missing in " + json);
        }
        return text;
    }
}
