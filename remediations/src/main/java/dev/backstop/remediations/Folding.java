package dev.backstop.remediations;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes room on a role by naming in lists those who have policies of their own. */
final class Folding {
    private final RoleDraft draft;
    private final Set<DenyTerm> wanted;
    private final DenyPolicyDocument own;
    private final int goal;
    private final boolean busy;
    private final Random random;

    /**
     * @param wanted to be named in our list as well; may be none
     * @param own the policy that room is made for
     * @param spread sets apart those who fold at the same time
     */
    Folding(RoleDraft draft, Set<DenyTerm> wanted, DenyPolicyDocument own, String spread) {
        this.draft = draft;
        this.wanted = wanted;
        this.own = own;
        this.goal = own.size() + RoleDraft.LARGEST_LIST;
        this.busy = draft.layout().isBusy(draft.now());
        this.random = new Random(spread.hashCode());
    }

    /**
     * Names the wanted in our list, together with the oldest that have policies of their own, which then can go; and goes on
     * until there is room for the policy and for a copy of a list: a role full to the last character is a trap.
     */
    void makeRoom() {
        thinUntilOneFits();
        if (!wanted.stream().allMatch(this::isDenied)) {
            merge(wanted, singles().isEmpty() ? lists() : singles());
        }
        boolean more = true;
        while (more && draft.room() < goal) {
            more = merge(Set.of(), lists()) || merge(Set.of(), singles());
        }
    }

    /** In place, because there is no room for a copy: the youngest first, as nobody is about to lift that. */
    private void thinUntilOneFits() {
        List<RolePolicy> oldest = singles();
        DenyPolicyDocument first = draft.list(wanted, oldest.subList(0, Math.min(2, oldest.size())));
        for (RolePolicy policy : oldest.reversed()) {
            DenyPolicyDocument thin = DenyPolicyDocument.brief(
                    policy.name(), RolePolicy.brief(policy.needed()), draft.latest(List.of(policy)));
            if (!draft.fits(first) && thin.size() < policy.size()) {
                draft.replace(policy, thin.json());
            }
        }
    }

    /** Folds as many as our list holds and the goal needs; false when nothing would be won. */
    private boolean merge(Set<DenyTerm> others, List<RolePolicy> candidates) {
        List<RolePolicy> members = new ArrayList<>();
        for (RolePolicy policy : spread(candidates)) {
            members.add(policy);
            if (!draft.foldable(others, members)) {
                members.removeLast();
            } else if (room(others, members) >= goal) {
                break;
            }
        }
        boolean worth = draft.foldable(others, members) && (!others.isEmpty() || room(others, members) > draft.room());
        if (worth) {
            draft.fold(others, members);
        }
        return worth;
    }

    /** What would be left of the quota after folding these. */
    private int room(Set<DenyTerm> others, List<RolePolicy> members) {
        DenyPolicyDocument list = draft.list(others, members);
        int freed = members.stream().mapToInt(RolePolicy::size).sum();
        return draft.layout().roomFor(list.name()) + freed - list.size();
    }

    /** Those who fold at the same time should not all go for the same. */
    private List<RolePolicy> spread(List<RolePolicy> candidates) {
        List<RolePolicy> spread = new ArrayList<>(candidates);
        if (busy) {
            Collections.shuffle(spread, random);
        }
        return spread;
    }

    /** The policies of one session each, the oldest first. */
    private List<RolePolicy> singles() {
        return draft.layout().ours().stream()
                .filter(policy -> policy.names() && !policy.isList())
                .filter(policy -> !policy.name().equals(own.name()))
                .toList();
    }

    /** The lists that are not large, and that nobody is still folding into. */
    private List<RolePolicy> lists() {
        return draft.layout().ours().stream()
                .filter(policy -> policy.isList() && policy.names() && !policy.isOpen(draft.now()))
                .filter(policy -> policy.size() < RoleDraft.LARGEST_LIST / 2)
                .toList();
    }

    private boolean isDenied(DenyTerm term) {
        return draft.layout().ours().stream()
                .anyMatch(policy -> policy.denies(Set.of(term)).isAfter(draft.now()));
    }
}
