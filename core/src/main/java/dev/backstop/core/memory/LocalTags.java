package dev.backstop.core.memory;

import dev.backstop.core.Resource;
import dev.backstop.core.port.Tags;
import java.util.HashMap;
import java.util.Map;

/** Tags in memory. */
public final class LocalTags implements Tags {
    private final Map<String, Map<String, String>> tags = new HashMap<>();

    /** Sets all tags of a resource, by its id or name. */
    public synchronized void put(String resource, Map<String, String> all) {
        tags.put(resource, Map.copyOf(all));
    }

    @Override
    public synchronized Map<String, String> of(Resource resource) {
        return tags.getOrDefault(resource.id(), Map.of());
    }
}
