package dev.backstop.cli.demo;

import dev.backstop.core.GroupRule;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets.Holder;
import dev.backstop.core.port.Databases.Setting;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A world as it was read at one moment.
 *
 * @param entries a type and id, or that and a part, and what it looks like
 */
record State(SortedMap<String, String> entries) {
    private static final String THERE = "exists";
    /** The end of the key of the rule that lets everything out. */
    static final String USUAL_EGRESS = "/usual egress";

    private static final String GROUP = "AWS::EC2::SecurityGroup ";

    State {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    static State of(World world) {
        SortedMap<String, String> entries = new TreeMap<>();
        for (String id : world.groups()) {
            entries.put(group(id), THERE);
            world.aws().securityGroups().rules(id).forEach(rule -> entries.put(rule(rule), rule.words()));
        }
        world.aws()
                .instances()
                .describe(world.instances())
                .forEach(found -> entries.put(instance(found.id()), found.type() + ", " + found.state()));
        for (String role : world.roles()) {
            entries.put("AWS::IAM::Role " + role, THERE);
            world.aws().rolePolicies().names(role).forEach(name -> entries.put(policy(role, name), "policy " + name));
        }
        Aws aws = world.aws();
        for (String id : world.databases()) {
            aws.databases()
                    .find(id)
                    .map(found -> found.values().get(Setting.CLASS))
                    .ifPresent(type -> entries.put(database(id), type));
        }
        world.functions().stream()
                .filter(name -> !aws.functions().versions(name).isEmpty())
                .forEach(name -> entries.put(function(name), THERE));
        world.buckets().stream()
                .filter(name -> aws.buckets().holder(name) == Holder.US)
                .forEach(name -> entries.put(bucket(name), THERE));
        return new State(entries);
    }

    static String group(String id) {
        return GROUP + id;
    }

    /** The egress rule that every new group has is the same thing whatever its id, which no record says. */
    static String rule(GroupRule rule) {
        boolean usual =
                rule.egress() && rule.protocol().equals("-1") && rule.peer().equals("0.0.0.0/0");
        return GROUP + rule.groupId() + (usual ? USUAL_EGRESS : "/" + rule.ruleId());
    }

    static String instance(String id) {
        return "AWS::EC2::Instance " + id;
    }

    static String policy(String role, String name) {
        return "AWS::IAM::Role " + role + "/" + name;
    }

    static String database(String id) {
        return "AWS::RDS::DBInstance " + id;
    }

    static String function(String name) {
        return "AWS::Lambda::Function " + name;
    }

    static String bucket(String name) {
        return "AWS::S3::Bucket " + name;
    }

    /** What an entry looks like, or null when it is not there. */
    @Nullable
    String get(String key) {
        return entries.get(key);
    }

    /** One resource with its parts. */
    State part(Resource resource) {
        String key = resource.type() + " " + resource.id();
        SortedMap<String, String> found = new TreeMap<>(entries);
        found.keySet().removeIf(entry -> !entry.equals(key) && !entry.startsWith(key + "/"));
        return new State(found);
    }

    /** In one line, for one resource. */
    String words() {
        if (entries.isEmpty()) {
            return "gone";
        }
        SortedMap<String, String> parts = new TreeMap<>(entries);
        parts.values().remove(THERE);
        return parts.isEmpty() ? THERE : String.join("; ", parts.values());
    }

    /** The entries that are not the same in both. */
    Set<String> differences(State other) {
        Set<String> keys = new TreeSet<>(entries.keySet());
        keys.addAll(other.entries.keySet());
        keys.removeIf(key -> Objects.equals(get(key), other.get(key)));
        return keys;
    }
}
