package dev.backstop.core.memory;

import dev.backstop.core.Resource;
import dev.backstop.core.port.Breaker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The breaker in memory. */
public final class LocalBreaker implements Breaker {
    private final Map<String, Set<String>> let = new HashMap<>();

    @Override
    public synchronized boolean lets(Resource resource, String finding, Instant called, int limit) {
        String hour = resource.key() + " " + called.truncatedTo(ChronoUnit.HOURS);
        Set<String> findings = let.computeIfAbsent(hour, _ -> new HashSet<>());
        return findings.contains(finding) || (findings.size() < limit && findings.add(finding));
    }
}
