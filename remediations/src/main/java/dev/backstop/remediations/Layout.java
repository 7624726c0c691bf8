package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import dev.backstop.core.port.RolePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The inline policies of one role, all or some, as read at one time; immutable. */
record Layout(Map<String, RolePolicy> policies) {
    Layout {
        policies = Map.copyOf(policies);
    }

    static Layout of(Map<String, String> documents) {
        Map<String, RolePolicy> policies = new TreeMap<>();
        documents.forEach((name, json) -> policies.put(name, RolePolicy.of(name, json)));
        return new Layout(policies);
    }

    /** Reads the policies of such names; again where one was gone before it was read, for its sessions may be elsewhere. */
    static Layout read(RolePolicies source, String roleName, Predicate<String> which) {
        Map<String, String> documents = new TreeMap<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            documents.clear();
            List<String> names = source.names(roleName).stream().filter(which).toList();
            names.forEach(name -> source.get(roleName, name).ifPresent(json -> documents.put(name, json)));
            if (documents.size() == names.size()) {
                break;
            }
        }
        return of(documents);
    }

    Layout with(String name, String json) {
        Map<String, RolePolicy> changed = new TreeMap<>(policies);
        changed.put(name, RolePolicy.of(name, json));
        return new Layout(changed);
    }

    Layout without(String name) {
        Map<String, RolePolicy> changed = new TreeMap<>(policies);
        changed.remove(name);
        return new Layout(changed);
    }

    Optional<RolePolicy> get(String name) {
        return Optional.ofNullable(policies.get(name));
    }

    /** Backstop's own, the one with the earliest cut-off first. */
    List<RolePolicy> ours() {
        List<RolePolicy> ours = new ArrayList<>(policies.values());
        ours.removeIf(policy -> !RolePolicy.isOurs(policy.name()));
        ours.sort(Comparator.comparing(RolePolicy::cutOff).thenComparing(RolePolicy::name));
        return List.copyOf(ours);
    }

    /** Whether somebody else is making room here, as far as can be seen. */
    boolean isBusy(Instant now) {
        return policies.values().stream().anyMatch(policy -> policy.isOpen(now));
    }

    /** What is left of the quota for a policy of that name, which would replace the one that bears it. */
    int roomFor(String name) {
        int used = policies.values().stream()
                .filter(policy -> !policy.name().equals(name))
                .mapToInt(RolePolicy::size)
                .sum();
        return RolePolicies.QUOTA - used;
    }

    boolean fits(DenyPolicyDocument policy) {
        return policy.size() <= roomFor(policy.name());
    }

    /** Until when credentials must have been issued to be denied by a policy that names the session. */
    Instant denies(AgentSession session) {
        return denying(session)
                .map(policy -> policy.denies(terms(policy, session)))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** The policies that deny the session by its user id. */
    Stream<RolePolicy> denying(AgentSession session) {
        return ours().stream().filter(policy -> !terms(policy, session).isEmpty());
    }

    /** Until when credentials must have been issued to be denied whoever holds them. */
    Instant deniesEveryone() {
        return ours().stream()
                .map(RolePolicy::deniesEveryone)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private static Set<DenyTerm> terms(RolePolicy policy, AgentSession session) {
        Set<DenyTerm> terms = policy.terms();
        terms.removeIf(term -> !term.denies(session));
        return terms;
    }
}
