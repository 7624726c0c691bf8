package dev.backstop.cli;

import dev.backstop.core.BadInputException;
import dev.backstop.core.Rule;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules in force by their ids, and which of them a misspelt id was to be. */
record KnownRules(Map<String, Rule> byId) {
    /** How many letters may be wrong, missing or too many; and of short ids not more than a fifth. */
    private static final int MISSPELT = 3;

    static KnownRules of(Configuration inForce) {
        return new KnownRules(RuleBook.catalogue(inForce, Remediations.ids()).all().stream()
                .map(definition -> definition.rule())
                .collect(Collectors.toMap(Rule::id, Function.identity())));
    }

    Optional<Rule> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The rule that somebody may have meant; empty where no id is much like it. */
    Optional<String> meant(String id) {
        return byId.keySet().stream()
                .filter(known -> distance(id, known) <= Math.min(MISSPELT, known.length() / 5))
                .min(Comparator.comparing((String known) -> distance(id, known))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** What to say where a rule was named that is none. */
    BadInputException unknown(String where, String id) {
        return new BadInputException(
                where,
                id,
                "is not a rule: "
                        + meant(id).map(known -> "did you mean " + known + "?").orElse("backstop rules lists them"));
    }

    /** Levenshtein's: how many letters must be changed, added or taken away. */
    private static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
