package dev.backstop.core.memory;

import dev.backstop.core.port.Revocations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of revoked sessions in memory. */
public final class LocalRevocations implements Revocations {
    private final Map<String, Revoked> kept = new LinkedHashMap<>();

    @Override
    public synchronized void keep(Revoked revoked) {
        kept.put(revoked.key(), revoked);
    }

    @Override
    public synchronized List<Revoked> all() {
        return List.copyOf(kept.values());
    }

    @Override
    public synchronized void forget(Revoked revoked) {
        kept.remove(revoked.key());
    }

    @Override
    public synchronized boolean confirm(Revoked revoked, Instant at) {
        Revoked found = kept.get(revoked.key());
        if (found == null || found.confirmedAt() != null || !found.at().equals(revoked.at())) {
            return false;
        }
        kept.put(found.key(), found.confirmed(at));
        return true;
    }
}
