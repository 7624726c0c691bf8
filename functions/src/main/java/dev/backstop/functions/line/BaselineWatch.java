package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.Inventory.Seen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps the baselines of one Region: every change of a group or an instance is told at once, and then looked at. */
public final class BaselineWatch {
    /** What is known for so long is looked at again: half the time for which a capture is kept. */
    public static final Duration FRESH = Duration.ofDays(15);

    /** The attributes that cost a call each. */
    private static final Set<String> PROTECTION =
            Set.of("disableApiTermination", "disableApiStop", "instanceInitiatedShutdownBehavior");

    private final Baselines baselines;
    private final Inventory inventory;
    private final Place place;
    private final AgentSelector agents;
    private final InstantSource clock;
    private final Pause pause;

    public BaselineWatch(
            Baselines baselines,
            Inventory inventory,
            Place place,
            AgentSelector agents,
            InstantSource clock,
            Pause pause) {
        this.baselines = baselines;
        this.inventory = inventory;
        this.place = place;
        this.agents = agents;
        this.clock = clock;
        this.pause = pause;
    }

    /** Where the inventory looks; what is done elsewhere is not its own. */
    public record Place(String account, String region) {
        boolean holds(Resource resource) {
            return account.equals(resource.account()) && region.equals(resource.region());
        }

        Resource resource(String type, String id) {
            return new Resource(type, id, region, account);
        }
    }

    /**
     * How much was looked at, and how much of it was new.
     *
     * @param kept captures that were written
     */
    public record Seeing(int groups, int instances, int kept) {
        public static final Seeing NOTHING = new Seeing(0, 0, 0);

        public Seeing plus(Seeing other) {
            return new Seeing(groups + other.groups, instances + other.instances, kept + other.kept);
        }
    }

    /**
     * Takes a record of any caller.
     *
     * @param undoing whether it is told because a rule that reverts the call has matched it
     */
    public Seeing see(CloudTrailRecord record, boolean undoing) {
        List<Watched> changed = Watched.of(record, agents, undoing).stream()
                .filter(one -> place.holds(one.resource()))
                .flatMap(this::kept)
                .toList();
        changed.forEach(one -> baselines.keep(one.resource(), one.change()));
        if (changed.isEmpty() || undoing) {
            return Seeing.NOTHING;
        }
        // Until then EC2 may show the old state, and a look would not count.
        Duration left = Duration.between(clock.instant(), record.eventTime().plus(Baseline.SETTLES));
        if (left.isPositive()) {
            pause.of(left);
        }
        Look look = new Look();
        inventory.groups(ids(changed, Watched.GROUP), look::group);
        inventory.instances(ids(changed, Watched.INSTANCE), look::instance);
        return look.seeing();
    }

    /** Looks at everything, as after a deployment, and writes what is new. */
    public Seeing survey() {
        Look look = new Look();
        inventory.groups(look::group);
        inventory.instances(look::instance);
        return look.seeing();
    }

    private Stream<Watched> kept(Watched one) {
        String id = one.resource().id();
        return switch (one.resource().type()) {
            case Watched.INTERFACE ->
                Stream.concat(
                        Stream.of(one),
                        inventory.instanceWith(id).stream().map(instance -> one.on(Watched.INSTANCE, instance)));
            case Watched.INSTANCE -> Stream.concat(Stream.of(one), interfaces(one));
            case Watched.GROUP_NAME -> inventory.groupsNamed(id).stream().map(group -> one.on(Watched.GROUP, group));
            default -> Stream.of(one);
        };
    }

    /** Where they are changed too: an agent may change one of them next, by itself, and AWS Config is minutes behind. */
    private Stream<Watched> interfaces(Watched instance) {
        if (!instance.change().parts().contains("networkInterfaces")) {
            return Stream.empty();
        }
        return inventory.look(instance.resource()).stream()
                .flatMap(look -> Json.values(look.configuration(), "networkInterfaces.networkInterfaceId").stream())
                .map(id -> instance.on(Watched.INTERFACE, id));
    }

    private static Set<String> ids(List<Watched> changed, String type) {
        return changed.stream()
                .map(Watched::resource)
                .filter(resource -> resource.type().equals(type))
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    /** One going round. */
    private final class Look {
        private int groups;
        private int instances;
        private int kept;

        void group(Seen seen) {
            groups++;
            keep(place.resource(Watched.GROUP, seen.id()), seen.look());
        }

        void instance(Seen seen) {
            instances++;
            Resource instance = place.resource(Watched.INSTANCE, seen.id());
            Baseline known = keep(instance, seen.look());
            if (known.isOlder(PROTECTION, FRESH, clock.instant())) {
                inventory.protection(seen.id()).ifPresent(protection -> {
                    kept++;
                    baselines.keep(instance, protection);
                });
            }
        }

        Seeing seeing() {
            return new Seeing(groups, instances, kept);
        }

        private Baseline keep(Resource resource, Capture look) {
            Baseline known = baselines.of(resource, look.to());
            if (known.lacks(look, FRESH)) {
                baselines.keep(resource, look);
                kept++;
            }
            return known;
        }
    }
}
