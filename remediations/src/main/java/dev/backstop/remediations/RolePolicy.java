package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.RolePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One inline policy of a role, as read.
 *
 * @param denies its statements that deny as Backstop writes them; none for a policy that bears another's name
 * @param pure whether it is Backstop's by name and holds nothing else: what somebody edited is not to be rewritten
 */
record RolePolicy(String name, String json, int size, List<DenyStatement> denies, boolean pure) {
    RolePolicy {
        denies = List.copyOf(denies);
    }

    static RolePolicy of(String name, String json) {
        List<JsonNode> statements = isOurs(name) ? Json.items(Json.read(json).path("Statement")) : List.of();
        List<DenyStatement> denies = statements.stream()
                .flatMap(each -> DenyStatement.of(each).stream())
                .toList();
        boolean pure = !denies.isEmpty() && denies.size() == statements.size();
        return new RolePolicy(name, json, RolePolicies.size(json), denies, pure);
    }

    /** Whether a policy of that name is Backstop's. */
    static boolean isOurs(String name) {
        return name.startsWith(DenyPolicyDocument.PREFIX) || isList(name) || name.equals(DenyPolicyDocument.ROLE);
    }

    static boolean isList(String name) {
        return name.startsWith(DenyPolicyDocument.LIST);
    }

    boolean isList() {
        return isList(name);
    }

    /** Whether it may be thinned, or folded into a list: it denies sessions that it names, and nobody else. */
    boolean names() {
        return pure && denies.stream().noneMatch(statement -> statement.terms().isEmpty());
    }

    /** Whether all that it denies is dead by now. */
    boolean isExpired(Instant now) {
        return pure && !DenyPolicyDocument.expiry(cutOff()).isAfter(now);
    }

    /** Whether it is a list whose maker has not said that all in it is there to stay, and may yet. */
    boolean isOpen(Instant now) {
        return denies.stream().anyMatch(DenyStatement::open) && DenyPolicyDocument.isYoung(name, now);
    }

    Set<DenyTerm> terms() {
        return denies.stream()
                .flatMap(statement -> statement.terms().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The terms without which somebody would no longer be denied: the user ids, or all where there are none. */
    Set<DenyTerm> needed() {
        Set<DenyTerm> needed = new LinkedHashSet<>(terms());
        if (needed.stream().anyMatch(DenyTerm::isUserId)) {
            needed.removeIf(term -> !term.isUserId());
        }
        return needed;
    }

    /** Terms in the fewest characters: alike when they mean the same on one role. */
    static Set<DenyTerm> brief(Set<DenyTerm> terms) {
        return terms.stream().map(DenyTerm::brief).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The latest cut-off in it; the beginning of time where it denies nobody. */
    Instant cutOff() {
        return denies.stream()
                .map(DenyStatement::cutOff)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Until when credentials must have been issued to be denied here by one of these terms; the latest counts. */
    Instant denies(Set<DenyTerm> anyOf) {
        Set<DenyTerm> wanted = brief(anyOf);
        return denies.stream()
                .filter(statement -> brief(statement.terms()).stream().anyMatch(wanted::contains))
                .map(DenyStatement::cutOff)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Until when credentials must have been issued to be denied here whoever holds them. */
    Instant deniesEveryone() {
        return denies.stream()
                .filter(statement -> statement.terms().isEmpty())
                .map(DenyStatement::cutOff)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** The document without some terms, whatever else somebody wrote into it left as it is; empty when nothing is left. */
    Optional<String> without(Set<DenyTerm> lifted) {
        ObjectNode document = (ObjectNode) Json.read(json);
        List<JsonNode> rest = new ArrayList<>();
        for (JsonNode statement : Json.items(document.path("Statement"))) {
            DenyStatement.of(statement)
                    .map(ours -> ours.without(lifted).map(DenyStatement::toJson))
                    .orElse(Optional.of(statement))
                    .ifPresent(rest::add);
        }
        document.set("Statement", Json.MAPPER.createArrayNode().addAll(rest));
        return rest.isEmpty() ? Optional.empty() : Optional.of(Json.write(document));
    }
}
