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
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Databases.Setting;
import dev.backstop.core.port.Instances.Instance;
import dev.backstop.functions.sdk.SdkAws;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** A world on a server that speaks AWS's language, reached through the AWS SDK. */
final class EndpointWorld implements World {
    private final Endpoint endpoint;
    private final Aws aws;
    private final Making making;
    private final Services services;
    private final Cleanup cleanup;
    private final Set<String> groups = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();

    private EndpointWorld(Endpoint endpoint, Names names, String suffix) {
        this.endpoint = endpoint;
        this.aws = new SdkAws(endpoint.clients());
        this.cleanup = new Cleanup();
        this.making = new Making(endpoint.clients().ec2(), names, cleanup, suffix);
        this.services = new Services(endpoint, names, cleanup, suffix);
    }

    /**
     * Creates what the seed holds, under names that nothing else there has.
     *
     * @param names learns what the things are really called
     */
    static EndpointWorld create(Endpoint endpoint, Seed seed, Names names) {
        String suffix = "-demo-" + Long.toString(System.nanoTime() & 0xffffff, 36);
        EndpointWorld world = new EndpointWorld(endpoint, names, suffix);
        // An interrupted demo must not leave its things behind either.
        Runtime.getRuntime().addShutdownHook(new Thread(world::close));
        try {
            names.put(seed.account(), endpoint.account());
            world.services.create(seed);
            seed.groups().forEach(group -> world.groups.add(world.making.group(group.id(), group.name())));
            seed.groups().forEach(world.making::rules);
            seed.instances().forEach(instance -> world.instances.add(world.making.instance(instance)));
            return world;
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    @Override
    public String title() {
        return endpoint.address();
    }

    @Override
    public Aws aws() {
        return aws;
    }

    @Override
    public void make(Change change, Names names) {
        switch (change) {
            case Nothing() -> {}
            case CreateGroup group -> groups.add(making.group(group.groupId(), group.name()));
            case AddRules(List<GroupRule> rules) -> rules.forEach(making::rule);
            case Launch(List<Instance> launched) ->
                launched.forEach(instance -> instances.add(making.instance(instance)));
            case Settle(Set<String> ids, String state) -> settle(ids, state);
            case Resize(String id, String type) -> aws.instances().changeType(id, type);
            case ResizeDatabase(String id, String type) ->
                aws.databases().modify(id, Map.of(Setting.CLASS, type), true);
            case DeleteFunction(String name) ->
                endpoint.clients().lambda().deleteFunction(request -> request.functionName(name));
            case DeleteBucket(String name) -> endpoint.clients().s3().deleteBucket(request -> request.bucket(name));
        }
    }

    @Override
    public Access access(String roleName, SessionContext caller) {
        return Access.NOT_CHECKABLE;
    }

    @Override
    public Set<String> groups() {
        Filter ids = Filter.builder().name("group-id").values(groups).build();
        Set<String> found = new TreeSet<>();
        ec2().describeSecurityGroups(request -> request.filters(ids))
                .securityGroups()
                .forEach(group -> found.add(group.groupId()));
        return found;
    }

    @Override
    public Set<String> instances() {
        return instances;
    }

    @Override
    public Set<String> roles() {
        return services.roles();
    }

    @Override
    public Set<String> databases() {
        return services.databases();
    }

    @Override
    public Set<String> functions() {
        return services.functions();
    }

    @Override
    public Set<String> buckets() {
        return services.buckets();
    }

    @Override
    public void close() {
        cleanup.run();
    }

    private void settle(Set<String> ids, String state) {
        switch (state) {
            case "running" -> aws.instances().start(ids);
            case "stopped" -> aws.instances().stop(ids);
            default -> ec2().terminateInstances(request -> request.instanceIds(ids));
        }
    }

    private Ec2Client ec2() {
        return endpoint.clients().ec2();
    }
}
