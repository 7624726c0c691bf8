package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Change;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who changed some parts of a resource last, as far as calls were recorded.
 *
 * @param change empty where nobody but the guard is known to have changed the resource
 * @param certain whether its record names one of the parts
 */
record LastChange(Optional<Change> change, boolean certain) {
    /** The last call that touched one of the parts; where there is none, the last one at all. */
    static LastChange of(Baseline known, Set<String> parts) {
        Optional<Change> touching = last(known, change -> parts.stream().anyMatch(change::touches));
        Optional<Change> change = touching.or(() -> last(known, _ -> true));
        return new LastChange(
                change,
                touching.filter(one -> parts.stream().anyMatch(one.parts()::contains))
                        .isPresent());
    }

    ObjectNode caller() {
        return change.map(Change::caller).orElseGet(Json::object);
    }

    /** The rule, saying where it is so that whoever is named need not have made what is found. */
    Rule said(Rule rule) {
        return change.isEmpty() || certain
                ? rule
                : rule.because("Whoever is named here changed the resource last; no recorded call says who changed what"
                        + " differs.");
    }

    private static Optional<Change> last(Baseline known, Predicate<Change> which) {
        return known.changes().stream()
                .filter(change -> change.by() != Change.By.GUARD)
                .filter(which)
                .max(Comparator.comparing(Change::at));
    }
}
