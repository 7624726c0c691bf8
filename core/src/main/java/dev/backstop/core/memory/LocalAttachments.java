package dev.backstop.core.memory;

import dev.backstop.core.port.Attachments;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Attached managed policies in memory. */
public final class LocalAttachments implements Attachments {
    private final Map<Holder, Set<String>> attached = new HashMap<>();

    /** Creates a role or user that nothing is attached to. */
    public synchronized void create(Holder holder) {
        attached.put(holder, new TreeSet<>());
    }

    @Override
    public synchronized Set<String> of(Holder holder) {
        return Set.copyOf(attached.getOrDefault(holder, Set.of()));
    }

    @Override
    public synchronized void attach(Holder holder, String policyArn) {
        Set<String> policies = attached.get(holder);
        if (policies == null) {
            throw new LocalAwsException("NoSuchEntity", holder + " cannot be found");
        }
        policies.add(policyArn);
    }

    @Override
    public synchronized void detach(Holder holder, String policyArn) {
        Set<String> policies = attached.get(holder);
        if (policies != null) {
            policies.remove(policyArn);
        }
    }
}
