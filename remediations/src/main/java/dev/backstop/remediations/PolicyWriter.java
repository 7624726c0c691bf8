package dev.backstop.remediations;

import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.RolePolicies.QuotaExceededException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/**
 * Carries out planned writes to the inline policies of one role, at which others may be writing too: plans anew when what
 * was read has changed, and keeps of what it folded only what it took away itself.
 */
final class PolicyWriter {
    /** Each begins with a reading of its own, so that it takes whatever room there is by then. */
    private static final int ATTEMPTS = 25;

    private final RolePolicies policies;
    private final String roleName;
    private final Instant now;

    /** What was written here is there, even while IAM's answers do not show it yet. */
    private final Map<String, String> written = new HashMap<>();

    /** The lists that were made here, and that nobody else touches as long as they are marked as open. */
    private final Set<String> lists = new LinkedHashSet<>();

    /** Whose policies were deleted here: our lists stand for them now. */
    private final Set<DenyTerm> moved = new HashSet<>();

    /** Whose policies were to be deleted, and were not there any more, or not as read. */
    private final Set<DenyTerm> left = new HashSet<>();

    /** Who got a policy of their own here. */
    private final Set<DenyTerm> named = new HashSet<>();

    PolicyWriter(RolePolicies policies, String roleName, Instant now) {
        this.policies = policies;
        this.roleName = roleName;
        this.now = now;
    }

    /**
     * Plans and writes until the plan has nothing left to write.
     *
     * @param looks how often in a row it must have nothing left
     * @param plan from all inline policies, and the name of a list that is ours, to the writes; throws a {@link
     *     BusyException} where it is better to look again
     * @throws QuotaExceededException when others take the room as often as it is made
     * @throws BusyException when others are at it all the time
     */
    void carryOut(int looks, BiFunction<Layout, String, List<PolicyWrite>> plan) {
        try {
            attempt(looks, plan);
        } catch (RuntimeException e) {
            try {
                close();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        close();
    }

    /** Others are writing to the same role just now. */
    static final class BusyException extends RuntimeException {
        BusyException(String message) {
            super(message);
        }
    }

    private void attempt(int looks, BiFunction<Layout, String, List<PolicyWrite>> plan) {
        RuntimeException last =
                new BusyException("the policies of role " + roleName + " change as often as they are read");
        String list = newList();
        int quiet = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Layout layout = read();
                List<PolicyWrite> writes = plan.apply(layout, list);
                quiet = writes.isEmpty() ? quiet + 1 : 0;
                if (quiet == looks) {
                    return;
                }
                write(writes);
            } catch (QuotaExceededException | BusyException e) {
                last = e;
                standBack(attempt);
            }
            giveBack();
            if (RolePolicies.size(written.getOrDefault(list, "")) > RoleDraft.LARGEST_LIST / 2) {
                list = newList();
            }
        }
        throw last;
    }

    /** Those who were in each other's way come back at different times, later each time. */
    private static void standBack(int attempt) {
        int milliseconds = ThreadLocalRandom.current().nextInt(5, 15 + 15 * attempt);
        LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
    }

    private String newList() {
        return DenyPolicyDocument.listName(now, UUID.randomUUID().toString().substring(0, 8));
    }

    private Layout read() {
        Layout layout = Layout.read(policies, roleName, _ -> true);
        for (Map.Entry<String, String> own : written.entrySet()) {
            if (layout.get(own.getKey()).isEmpty()) {
                layout = layout.with(own.getKey(), own.getValue());
            }
        }
        return layout;
    }

    private void write(List<PolicyWrite> writes) {
        for (PolicyWrite write : writes) {
            switch (write) {
                case PolicyWrite.Put(String name, String json) -> {
                    put(name, json);
                    if (RolePolicy.isList(name)) {
                        lists.add(name);
                    } else {
                        named.addAll(RolePolicy.brief(RolePolicy.of(name, json).terms()));
                    }
                }
                case PolicyWrite.Replace(String name, String was, String json) -> {
                    if (!isStill(name, was)) {
                        return; // The rest of the plan rests on it.
                    }
                    put(name, json);
                }
                case PolicyWrite.Delete(RolePolicy was) -> remove(was);
            }
        }
    }

    /** Of those who delete a policy only one did, and only that one's list stands for whom it denied. */
    private void remove(RolePolicy was) {
        boolean deleted = isStill(was.name(), was.json()) && delete(was.name());
        (deleted ? moved : left).addAll(RolePolicy.brief(was.terms()));
    }

    /** What somebody else took away, to fold it or to lift it, is theirs, and leaves our lists. */
    private void giveBack() {
        left.removeAll(moved);
        for (String name : Set.copyOf(lists)) {
            RolePolicy list = RolePolicy.of(name, written.getOrDefault(name, "{}"));
            if (list.terms().stream().anyMatch(left::contains)) {
                rewrite(list, true);
            }
        }
        left.clear();
    }

    /** From now on the lists are anybody's. */
    private void close() {
        for (String name : Set.copyOf(lists)) {
            lists.remove(name);
            rewrite(RolePolicy.of(name, written.getOrDefault(name, "{}")), false);
        }
    }

    private void rewrite(RolePolicy list, boolean open) {
        List<DenyStatement> kept = list.denies().stream()
                .flatMap(statement -> statement.without(left).stream())
                .toList();
        if (policies.get(roleName, list.name()).isEmpty()) {
            return;
        }
        if (kept.stream().allMatch(statement -> named.containsAll(statement.terms()))) {
            delete(list.name());
        } else {
            put(list.name(), DenyStatement.document(DenyStatement.marked(kept, open)));
        }
    }

    private boolean isStill(String name, String json) {
        return policies.get(roleName, name).equals(Optional.of(json));
    }

    private void put(String name, String json) {
        policies.put(roleName, name, json);
        written.put(name, json);
    }

    private boolean delete(String name) {
        written.remove(name);
        return policies.delete(roleName, name);
    }
}
