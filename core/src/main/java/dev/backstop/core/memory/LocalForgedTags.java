package dev.backstop.core.memory;

import dev.backstop.core.port.ForgedTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Agents' exemption tags in memory. */
public final class LocalForgedTags implements ForgedTags {
    private final Map<String, List<Forged>> forged = new HashMap<>();

    @Override
    public synchronized void keep(String account, Forged one) {
        List<Forged> all = forged.computeIfAbsent(account + "/" + one.tag().resource(), _ -> new ArrayList<>());
        if (all.stream().noneMatch(known -> known.tag().equals(one.tag()))) {
            all.add(one);
        }
    }

    @Override
    public synchronized List<Forged> on(String account, String resource) {
        return List.copyOf(forged.getOrDefault(account + "/" + resource, List.of()));
    }
}
