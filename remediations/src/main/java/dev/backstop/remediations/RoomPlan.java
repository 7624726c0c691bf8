package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans how one more deny finds its place among the inline policies of a role that are near their quota: pure, from the
 * policies as read to the writes in their order. After each write the quota is kept, and whoever was denied still is.
 *
 * <p>docs/decisions/0005-a-full-role.md says why in this order, and why it holds when several do it at once.
 */
final class RoomPlan {
    private final RoleDraft draft;
    private final String list;

    private RoomPlan(Layout layout, Instant now, String list) {
        this.draft = new RoleDraft(layout, now, list);
        this.list = list;
    }

    /**
     * Plans the deny of one session by its name, and room for those that come after it.
     *
     * @param at when the kill was decided
     * @param list the name of a list that nobody else writes or deletes; it may be there already
     * @return nothing to write where all is well, also where everybody is denied and there is no room; empty where it takes
     *     the deny of everybody
     */
    static Optional<List<PolicyWrite>> denyByName(
            Layout layout, AgentSession session, Instant at, Instant now, String list) {
        RoomPlan plan = new RoomPlan(layout, now, list);
        DenyPolicyDocument own = DenyPolicyDocument.of(session, at);
        boolean everyone = layout.deniesEveryone().isAfter(at);
        boolean denied = layout.denies(session).isAfter(at);
        boolean standing = layout.get(own.name())
                .filter(policy ->
                        policy.denies(Set.of(DenyTerm.userId(session))).isAfter(at))
                .isPresent();
        if (standing) {
            return Optional.of(List.of());
        }
        if (!everyone) {
            plan.makeRoom(
                    own, denied ? Set.of() : Set.of(DenyTerm.userId(session).brief()));
        }
        if (plan.draft.fits(own)) {
            plan.draft.put(own);
        }
        return everyone || plan.draft.layout().denies(session).isAfter(at)
                ? Optional.of(plan.draft.writes())
                : Optional.empty();
    }

    /** Plans the deny of every session of the role; empty where no room can be made. */
    static Optional<List<PolicyWrite>> denyEveryone(Layout layout, Instant now, String list) {
        RoomPlan plan = new RoomPlan(layout, now, list);
        DenyPolicyDocument everyone = DenyPolicyDocument.everyone(now);
        plan.makeRoom(everyone, Set.of());
        plan.giveWay(everyone);
        if (!plan.draft.fits(everyone)) {
            return Optional.empty();
        }
        plan.draft.put(everyone);
        plan.leftovers(everyone).forEach(plan.draft::delete);
        return Optional.of(plan.draft.writes());
    }

    /** First goes what denies only dead credentials, then what a list denies as well; then lists are made. */
    private void makeRoom(DenyPolicyDocument wanted, Set<DenyTerm> named) {
        Instant now = draft.now();
        deleteUntilItFits(draft.layout().ours().stream().filter(policy -> policy.isExpired(now)), wanted);
        deleteUntilItFits(draft.layout().ours().stream().filter(this::isListed), wanted);
        if (!draft.fits(wanted)) {
            new Folding(draft, named, wanted, list).makeRoom();
        }
    }

    private void deleteUntilItFits(Stream<RolePolicy> candidates, DenyPolicyDocument wanted) {
        candidates.filter(policy -> !policy.name().equals(wanted.name())).forEach(policy -> {
            if (!draft.fits(wanted)) {
                draft.delete(policy);
            }
        });
    }

    private boolean isListed(RolePolicy policy) {
        return policy.names()
                && !policy.isList()
                && policy.needed().stream().allMatch(term -> draft.layout().ours().stream()
                        .filter(other -> other.isList() && !other.isOpen(draft.now()))
                        .anyMatch(list -> !list.denies(Set.of(term)).isBefore(policy.cutOff())));
    }

    /** Policies that name few sessions make way for one that denies them with all the others: in place, as it is shorter. */
    private void giveWay(DenyPolicyDocument everyone) {
        List<RolePolicy> few = draft.layout().ours().stream()
                .filter(policy -> policy.names() && policy.size() >= everyone.size())
                .sorted(Comparator.comparing(policy -> policy.terms().size()))
                .toList();
        if (!draft.fits(everyone) && !few.isEmpty()) {
            draft.replace(few.getFirst(), everyone.json());
            deleteUntilItFits(few.stream().skip(1), everyone);
        }
    }

    private List<RolePolicy> leftovers(DenyPolicyDocument everyone) {
        return draft.layout().ours().stream()
                .filter(policy -> !policy.name().equals(everyone.name()))
                .filter(policy -> policy.json().equals(everyone.json()))
                .toList();
    }
}
