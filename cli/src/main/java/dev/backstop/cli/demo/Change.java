package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.port.Instances.Instance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a call changes, as far as the demo's worlds know it. */
sealed interface Change {
    /** A read, a call that failed, or a change of something that the worlds do not hold. */
    record Nothing() implements Change {}

    record CreateGroup(String groupId, String name) implements Change {}

    record AddRules(List<GroupRule> rules) implements Change {}

    record Launch(List<Instance> instances) implements Change {}

    /** Instances come to rest, {@code running}, {@code stopped} or {@code terminated}. */
    record Settle(Set<String> instanceIds, String state) implements Change {}

    record Resize(String instanceId, String type) implements Change {}

    record ResizeDatabase(String id, String databaseClass) implements Change {}

    record DeleteFunction(String name) implements Change {}

    record DeleteBucket(String name) implements Change {}

    /** The entries of {@link State} that it touches. */
    default Set<String> keys() {
        return switch (this) {
            case Nothing() -> Set.of();
            case CreateGroup group -> Set.of(State.group(group.groupId));
            case AddRules(List<GroupRule> rules) -> keys(rules.stream().map(State::rule));
            case Launch(List<Instance> instances) ->
                keys(instances.stream().map(Instance::id).map(State::instance));
            case Settle settle -> keys(settle.instanceIds.stream().map(State::instance));
            case Resize resize -> Set.of(State.instance(resize.instanceId));
            case ResizeDatabase resize -> Set.of(State.database(resize.id));
            case DeleteFunction(String name) -> Set.of(State.function(name));
            case DeleteBucket(String name) -> Set.of(State.bucket(name));
        };
    }

    /** Whether it can be undone at all; of what is gone for good people are told what is left. */
    default boolean reversible() {
        return switch (this) {
            case DeleteFunction _, DeleteBucket _ -> false;
            case Settle settle -> !settle.state.equals("terminated");
            case Nothing _, CreateGroup _, AddRules _, Launch _, Resize _, ResizeDatabase _ -> true;
        };
    }

    /** Reads a record; the response first, which says what was done rather than what was asked for. */
    static Change of(CloudTrailRecord record) {
        JsonNode request = record.request();
        JsonNode response = record.response();
        if (record.errorCode() != null) {
            return new Nothing();
        }
        return switch (record.eventName()) {
            case "CreateSecurityGroup" -> new CreateGroup(text(response, "groupId"), text(request, "groupName"));
            case "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress" ->
                new AddRules(Json.items(response.path("securityGroupRuleSet").path("items")).stream()
                        .map(GroupRule::of)
                        .toList());
            case "RunInstances" ->
                new Launch(Json.items(response.path("instancesSet").path("items")).stream()
                        .map(item ->
                                new Instance(text(item, "instanceId"), text(item, "instanceType"), "running", Map.of()))
                        .toList());
            case "StartInstances" -> new Settle(instances(request), "running");
            case "StopInstances" -> new Settle(instances(request), "stopped");
            case "TerminateInstances" -> new Settle(instances(request), "terminated");
            case "ModifyInstanceAttribute" ->
                request.path("instanceType").has("value")
                        ? new Resize(text(request, "instanceId"), text(request.path("instanceType"), "value"))
                        : new Nothing();
            case "ModifyDBInstance" ->
                new ResizeDatabase(text(request, "dBInstanceIdentifier"), text(request, "dBInstanceClass"));
            case "DeleteFunction20150331" -> new DeleteFunction(text(request, "functionName"));
            case "DeleteBucket" -> new DeleteBucket(text(request, "bucketName"));
            default -> new Nothing();
        };
    }

    private static Set<String> instances(JsonNode request) {
        return Set.copyOf(Json.values(request, "instancesSet.items.instanceId"));
    }

    private static Set<String> keys(Stream<String> keys) {
        return keys.collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static String text(JsonNode json, String field) {
        return Objects.requireNonNull(Json.text(json, field), field);
    }
}
