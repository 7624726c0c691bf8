package dev.backstop.core.memory;

import dev.backstop.core.port.Watchers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Trails, configuration recorders and rules in memory. */
public final class LocalWatchers implements Watchers {
    private final Map<String, Boolean> watching = new HashMap<>();
    private final Map<String, Set<String>> targets = new HashMap<>();

    /** Adds one, or starts or stops the one of that name. */
    public synchronized void put(Kind kind, String name, boolean on) {
        watching.put(kind + "/" + name, on);
    }

    /** Gives a rule its targets. */
    public synchronized void target(String rule, Set<String> ids) {
        targets.put(rule, Set.copyOf(ids));
    }

    /** Deletes, as an agent would. */
    public synchronized void delete(Kind kind, String name) {
        watching.remove(kind + "/" + name);
        targets.remove(name);
    }

    @Override
    public synchronized Optional<Boolean> watching(Kind kind, String name) {
        return Optional.ofNullable(watching.get(kind + "/" + name));
    }

    @Override
    public synchronized void start(Kind kind, String name) {
        if (watching.replace(kind + "/" + name, true) == null) {
            throw new LocalAwsException("ResourceNotFoundException", name + " does not exist");
        }
    }

    @Override
    public synchronized Map<String, Boolean> trails() {
        Map<String, Boolean> trails = new HashMap<>();
        watching.forEach((name, on) -> {
            if (name.startsWith(Kind.TRAIL + "/")) {
                trails.put(name.substring(name.indexOf('/') + 1), on);
            }
        });
        return Map.copyOf(trails);
    }

    @Override
    public synchronized Set<String> targets(String rule) {
        return targets.getOrDefault(rule, Set.of());
    }
}
