package dev.backstop.functions.line;

import dev.backstop.core.Outcome;
import dev.backstop.core.Step;
import dev.backstop.core.port.Journal;
import dev.backstop.remediations.KeptSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the journal keeps for making the changes of a finding again. */
record Again(Journal journal, String finding) {
    private static final String NOTE = "again: ";

    /** Where the note is that would make again what a step undoes. */
    static String note(Step<?> step) {
        return NOTE + step.summary();
    }

    /** What making it again is claimed under. */
    String claim() {
        return finding + "#again";
    }

    /** The notes as they were written, by the summary of the step that undid it. */
    Map<String, String> notes() {
        Map<String, String> again = new TreeMap<>();
        journal.notes(finding).forEach((name, note) -> {
            if (name.startsWith(NOTE)) {
                again.put(name.substring(NOTE.length()), note);
            }
        });
        return again;
    }

    /** What makes the changes again; none where none was undone, or none can be made again. */
    List<Step<?>> steps() {
        List<Step<?>> steps = new ArrayList<>();
        notes().values().forEach(note -> steps.addAll(KeptSteps.read(note)));
        return steps;
    }

    /** Those of the steps that were not made yet. */
    static List<Step<?>> left(List<Step<?>> steps, List<Outcome> earlier) {
        List<String> done =
                earlier.stream().filter(Outcome::contained).map(Outcome::step).toList();
        return steps.stream().filter(step -> !done.contains(step.summary())).toList();
    }
}
