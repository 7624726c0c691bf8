package dev.backstop.core.port;

import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The security groups and instances of a Region as they are now, in the shape of {@link dev.backstop.core.PriorState}. */
public interface Inventory {
    /** Looks at every group, some hundred at a time. */
    void groups(Consumer<Seen> each);

    /** Looks at those of the groups that exist. */
    void groups(Set<String> ids, Consumer<Seen> each);

    /** The groups of that name, in any VPC. */
    Set<String> groupsNamed(String name);

    /** Looks at every instance that is not terminated, some hundred at a time. */
    void instances(Consumer<Seen> each);

    /** Looks at those of the instances that exist and are not terminated. */
    void instances(Set<String> ids, Consumer<Seen> each);

    /** Looks at one group or instance; empty where it is gone. */
    default Optional<Capture> look(Resource resource) {
        List<Capture> looks = new ArrayList<>();
        Set<String> id = Set.of(resource.id());
        if (resource.type().equals(Watched.GROUP)) {
            groups(id, seen -> looks.add(seen.look()));
        } else {
            instances(id, seen -> looks.add(seen.look()));
        }
        return looks.stream().findFirst();
    }

    /** The instance that a network interface is attached to. */
    Optional<String> instanceWith(String interfaceId);

    /**
     * Looks at what only a call for each attribute and instance says: protection from termination and from being stopped, and
     * the shutdown behaviour. Empty where the instance is gone.
     */
    Optional<Capture> protection(String instanceId);

    /** One look at one resource. */
    record Seen(String id, Capture look) {}
}
