package dev.backstop.remediations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policies of a role as they will be after the writes planned so far, and these writes. */
final class RoleDraft {
    /** Small enough that a copy, which is how a list changes, finds room beside it. */
    static final int LARGEST_LIST = 2_048;

    private final Instant now;
    private final String ours;
    private final List<PolicyWrite> writes = new ArrayList<>();
    private Layout layout;

    /** @param ours the name of the list that nobody else writes or deletes; it may be there already */
    RoleDraft(Layout layout, Instant now, String ours) {
        this.layout = layout;
        this.now = now;
        this.ours = ours;
    }

    Layout layout() {
        return layout;
    }

    Instant now() {
        return now;
    }

    List<PolicyWrite> writes() {
        return List.copyOf(writes);
    }

    boolean fits(DenyPolicyDocument policy) {
        return layout.fits(policy);
    }

    /** What is left of the quota. */
    int room() {
        return layout.roomFor("");
    }

    void put(DenyPolicyDocument policy) {
        layout = layout.with(policy.name(), policy.json());
        writes.add(new PolicyWrite.Put(policy.name(), policy.json()));
    }

    void replace(RolePolicy policy, String json) {
        layout = layout.with(policy.name(), json);
        writes.add(new PolicyWrite.Replace(policy.name(), policy.json(), json));
    }

    void delete(RolePolicy policy) {
        layout = layout.without(policy.name());
        writes.add(new PolicyWrite.Delete(policy));
    }

    /** Names the wanted and those whom the members deny in our list, and deletes the members. */
    void fold(Set<DenyTerm> wanted, List<RolePolicy> members) {
        put(list(wanted, members));
        members.forEach(this::delete);
    }

    /** Whether our list would find room with them, and would not be too large. */
    boolean foldable(Set<DenyTerm> wanted, List<RolePolicy> members) {
        DenyPolicyDocument list = list(wanted, members);
        return fits(list) && list.size() <= LARGEST_LIST;
    }

    /** Our list with them. */
    DenyPolicyDocument list(Set<DenyTerm> wanted, List<RolePolicy> members) {
        Optional<RolePolicy> list = layout.get(ours);
        Set<DenyTerm> terms = list.map(RolePolicy::terms).orElseGet(LinkedHashSet::new);
        terms.addAll(wanted);
        members.forEach(policy -> terms.addAll(RolePolicy.brief(policy.needed())));
        List<RolePolicy> all = new ArrayList<>(members);
        list.ifPresent(all::add);
        return DenyPolicyDocument.list(ours, DenyStatement.of(terms, latest(all)));
    }

    /** As late as that of a kill made now: then it hits whatever session of a member's name is killed meanwhile. */
    Instant latest(List<RolePolicy> members) {
        Instant cutOff = DenyPolicyDocument.cutOff(now);
        return members.stream()
                .map(RolePolicy::cutOff)
                .filter(cutOff::isBefore)
                .max(Instant::compareTo)
                .orElse(cutOff);
    }
}
