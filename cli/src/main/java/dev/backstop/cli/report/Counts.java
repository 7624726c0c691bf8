package dev.backstop.cli.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often which name came, of no more names than fit: what comes after is counted together. */
final class Counts {
    /** Longer ones are cut: an id, an ARN, a name of AWS's are shorter. */
    static final int LONGEST = 160;

    private final int most;
    private final Map<String, Long> byName = new HashMap<>();
    private long others;

    Counts(int most) {
        this.most = most;
    }

    /** One name and how often it came. */
    record Count(String name, long count) {}

    void add(String name) {
        String shown = shortened(name);
        if (byName.size() < most || byName.containsKey(shown)) {
            byName.merge(shown, 1L, Long::sum);
        } else {
            others++;
        }
    }

    /** How many different names; those counted together not among them. */
    int size() {
        return byName.size();
    }

    /** How often anything came whose name was one too many. */
    long others() {
        return others;
    }

    /** The most frequent first. */
    List<Count> most() {
        return byName.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name))
                .toList();
    }

    static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
    }
}
