package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans how one session is no longer denied, wherever it is named, and everybody else still is: pure. */
final class LiftPlan {
    private LiftPlan() {}

    /**
     * @param list begins the names of lists that nobody else writes or deletes
     * @param patient whether to leave alone a list whose maker may still be at it
     */
    static List<PolicyWrite> lift(Layout layout, AgentSession session, Instant now, String list, boolean patient) {
        List<PolicyWrite> writes = new ArrayList<>();
        Layout left = layout;
        for (RolePolicy policy : naming(layout, session)) {
            if (patient && policy.isOpen(now)) {
                continue;
            }
            Set<DenyTerm> lifted = terms(policy, session);
            Optional<String> rest = isOwn(policy, session) ? Optional.empty() : policy.without(lifted);
            DenyPolicyDocument copy = copy(policy, lifted, list + writes.size());
            if (rest.isEmpty()) {
                writes.add(new PolicyWrite.Delete(policy));
                left = left.without(policy.name());
            } else if (policy.isList() && policy.pure() && !policy.isOpen(now) && left.fits(copy)) {
                writes.add(new PolicyWrite.Put(copy.name(), copy.json()));
                writes.add(new PolicyWrite.Delete(policy));
                left = left.without(policy.name()).with(copy.name(), copy.json());
            } else {
                writes.add(new PolicyWrite.Replace(policy.name(), policy.json(), rest.get()));
                left = left.with(policy.name(), rest.get());
            }
        }
        return writes;
    }

    private static DenyPolicyDocument copy(RolePolicy policy, Set<DenyTerm> lifted, String name) {
        List<DenyStatement> rest = policy.denies().stream()
                .flatMap(statement -> statement.without(lifted).stream())
                .toList();
        return DenyPolicyDocument.list(name, rest);
    }

    /** The policies that may hit the session, whatever they say of it, and the one that bears its name. */
    static List<RolePolicy> naming(Layout layout, AgentSession session) {
        return layout.ours().stream()
                .filter(policy ->
                        isOwn(policy, session) || !terms(policy, session).isEmpty())
                .toList();
    }

    private static boolean isOwn(RolePolicy policy, AgentSession session) {
        return policy.name().equals(DenyPolicyDocument.PREFIX + session.name());
    }

    private static Set<DenyTerm> terms(RolePolicy policy, AgentSession session) {
        Set<DenyTerm> terms = policy.terms();
        terms.removeIf(term -> !term.concerns(session));
        return terms;
    }
}
