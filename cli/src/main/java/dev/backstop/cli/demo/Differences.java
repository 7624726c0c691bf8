package dev.backstop.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** How one resource came to differ, in one line for people. */
final class Differences {
    private Differences() {}

    /** {@code + tcp 443 from 0.0.0.0/0} for a thing of many parts, and simply how it is now for the others. */
    static String words(State before, State after) {
        boolean parts = before.entries().size() > 1 || after.entries().size() > 1;
        if (!parts || after.entries().isEmpty()) {
            return after.words();
        }
        List<String> changes = new ArrayList<>();
        for (String key : before.differences(after)) {
            if (before.get(key) != null) {
                changes.add("- " + before.get(key));
            }
            if (after.get(key) != null) {
                changes.add("+ " + after.get(key));
            }
        }
        return changes.isEmpty() ? "nothing" : String.join("; ", changes);
    }

    /** What became of a change. */
    static String since(State before, State after, State now) {
        if (now.equals(before)) {
            return "as before: " + now.words();
        }
        return now.equals(after) ? "as the call left it: " + words(before, now) : now.words();
    }
}
