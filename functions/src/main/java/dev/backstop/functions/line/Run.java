package dev.backstop.functions.line;

import dev.backstop.core.Mode;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.functions.line.Restraint.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the steps of one finding share: how long they may wait for what moves by itself, where they leave notes, and what
 * has them left alone.
 */
interface Run {
    /** One that waits for nothing and whose steps leave no notes: those that write IAM. */
    Run BRIEF = new Run() {
        @Override
        public boolean waits() {
            return false;
        }

        @Override
        public String note(Step<?> step, String note) {
            return note;
        }

        @Override
        public Verdict verdict(Step<?> step, Aws aws, Mode mode) {
            return Verdict.GO;
        }
    };

    /** Lets a little time pass; false, at once, when there is none left. */
    boolean waits();

    /** Keeps a note of a step before it changes anything, and says which stands: the first one. */
    String note(Step<?> step, String note);

    /** Whether a step is made that finds what it expects. */
    Verdict verdict(Step<?> step, Aws aws, Mode mode);

    /** Takes notes of the steps of one finding. */
    @FunctionalInterface
    interface Notes {
        String note(String step, String note);
    }

    /** One that ends in time for whoever runs it to tell what became of it. */
    record Until(Instant end, InstantSource clock, Pause pause, Notes notes, Restraint restraint) implements Run {
        private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

        @Override
        public boolean waits() {
            if (!clock.instant().plus(BETWEEN_LOOKS).isBefore(end)) {
                return false;
            }
            pause.of(BETWEEN_LOOKS);
            return true;
        }

        @Override
        public String note(Step<?> step, String note) {
            return notes.note(step.action() + " " + step.resource().id(), note);
        }

        @Override
        public Verdict verdict(Step<?> step, Aws aws, Mode mode) {
            return restraint.of(step.resource(), aws, mode);
        }
    }
}
