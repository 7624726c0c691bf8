package dev.backstop.core.memory;

import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.port.Approvals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The approvals in memory. */
public final class LocalApprovals implements Approvals {
    private final Map<String, Approval> kept = new TreeMap<>();

    @Override
    public synchronized void keep(Approval approval) {
        kept.put(approval.resource().key(), approval);
    }

    @Override
    public synchronized Optional<Approval> of(Resource resource) {
        return Optional.ofNullable(kept.get(resource.key()));
    }

    @Override
    public synchronized List<Approval> all() {
        return List.copyOf(kept.values());
    }

    @Override
    public synchronized void withdraw(Resource resource) {
        kept.remove(resource.key());
    }
}
