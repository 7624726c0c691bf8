package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Change.AddRules;
import dev.backstop.cli.demo.Change.CreateGroup;
import dev.backstop.cli.demo.Change.DeleteBucket;
import dev.backstop.cli.demo.Change.DeleteFunction;
import dev.backstop.cli.demo.Change.Launch;
import dev.backstop.cli.demo.Change.Nothing;
import dev.backstop.cli.demo.Change.Resize;
import dev.backstop.cli.demo.Change.ResizeDatabase;
import dev.backstop.cli.demo.Change.Settle;
import dev.backstop.core.GroupRule;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalInstances;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Databases.Setting;
import dev.backstop.core.port.Instances.Instance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A world in memory, where things are called what the script calls them. */
final class LocalWorld implements World {
    private final LocalAws aws = new LocalAws();
    private final Set<String> groups = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();
    private final Set<String> roles = new TreeSet<>();
    private final Set<String> functions = new TreeSet<>();
    private final Set<String> buckets = new TreeSet<>();
    private final Set<String> databases = new TreeSet<>();

    LocalWorld(Seed seed) {
        seed.groups().forEach(group -> {
            groups.add(group.id());
            group.rules().forEach(aws.securityGroups()::put);
        });
        seed.instances().forEach(this::launch);
        seed.roles().forEach(aws.rolePolicies()::createRole);
        roles.addAll(seed.roles());
        functions.addAll(seed.functions());
        seed.functions().forEach(aws.functions()::create);
        buckets.addAll(seed.buckets());
        seed.buckets().forEach(aws.buckets()::create);
        seed.databases().forEach(database -> {
            databases.add(database.id());
            aws.databases().put(database);
        });
    }

    @Override
    public String title() {
        return "the local AWS";
    }

    @Override
    public Aws aws() {
        return aws;
    }

    @Override
    public void make(Change change, Names names) {
        switch (change) {
            case Nothing() -> {}
            case CreateGroup group -> create(group.groupId());
            case AddRules(List<GroupRule> rules) -> rules.forEach(aws.securityGroups()::put);
            case Launch(List<Instance> launched) -> launched.forEach(this::launch);
            case Settle(Set<String> ids, String state) -> settle(ids, state);
            case Resize(String id, String type) -> aws.instances().changeType(id, type);
            case ResizeDatabase(String id, String type) ->
                aws.databases().modify(id, Map.of(Setting.CLASS, type), true);
            case DeleteFunction(String name) -> aws.functions().delete(name);
            case DeleteBucket(String name) -> aws.buckets().delete(name);
        }
    }

    @Override
    public Access access(String roleName, SessionContext caller) {
        return aws.rolePolicies().denies(roleName, caller) ? Access.REFUSED : Access.ALLOWED;
    }

    @Override
    public Set<String> groups() {
        return groups;
    }

    @Override
    public Set<String> instances() {
        return instances;
    }

    @Override
    public Set<String> roles() {
        return roles;
    }

    @Override
    public Set<String> databases() {
        return databases;
    }

    @Override
    public Set<String> functions() {
        return functions;
    }

    @Override
    public Set<String> buckets() {
        return buckets;
    }

    @Override
    public void close() {}

    /** A new group lets everything out, as EC2's do. */
    private void create(String id) {
        groups.add(id);
        aws.securityGroups().put(new GroupRule("sgr-of-" + id, id, true, "-1", -1, -1, "0.0.0.0/0", null));
    }

    private void launch(Instance instance) {
        instances.add(instance.id());
        aws.instances().put(instance);
    }

    private void settle(Set<String> ids, String state) {
        LocalInstances machines = aws.instances();
        switch (state) {
            case "running" -> machines.start(ids);
            case "stopped" -> machines.stop(ids);
            default -> ids.forEach(machines::terminate);
        }
    }
}
