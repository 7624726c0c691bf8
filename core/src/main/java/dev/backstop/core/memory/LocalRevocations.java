package dev.backstop.core.memory;

import dev.backstop.core.port.Revocations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of revoked sessions in memory. */
public final class LocalRevocations implements Revocations {
    private final Map<String, Revoked> kept = new LinkedHashMap<>();

    @Override
    public synchronized void keep(Revoked revoked) {
        kept.put(key(revoked), revoked);
    }

    @Override
    public synchronized List<Revoked> of(String sessionId) {
        return kept.values().stream()
                .filter(revoked -> revoked.sessionId().equals(sessionId))
                .toList();
    }

    @Override
    public synchronized List<Revoked> all() {
        return List.copyOf(kept.values());
    }

    @Override
    public synchronized void forget(Revoked revoked) {
        kept.remove(key(revoked));
    }

    private static String key(Revoked revoked) {
        return revoked.sessionId() + "#" + revoked.roleName();
    }
}
