package dev.backstop.functions.line;

import dev.backstop.core.Mode;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.functions.line.Restraint.Verdict;
import dev.backstop.remediations.KeptSteps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What the steps of one finding share: how long they may wait for what moves by itself, where they leave notes, and what
 * has them left alone.
 */
interface Run {
    /** Lets a little time pass; false, at once, when there is none left. */
    boolean waits();

    Notes notes();

    /** Keeps a note of a step before it changes anything, and says which stands: the first one. */
    default String note(Step<?> step, String note) {
        return notes().note(step.action() + " " + step.resource().id(), note);
    }

    /** Keeps what makes again what a step is about to undo. */
    default void keep(Step<?> step, List<Step<?>> again) {
        if (!again.isEmpty()) {
            notes().note(Again.note(step), KeptSteps.write(again));
        }
    }

    /** Whether a step is made that finds what it expects. */
    Verdict verdict(Step<?> step, Aws aws, Mode mode);

    /** Takes notes of the steps of one finding, and says which stands: the first one. */
    @FunctionalInterface
    interface Notes {
        String note(String step, String note);
    }

    /** Says whether a step is made. */
    @FunctionalInterface
    interface Judge {
        /** Whoever finds what it expects is made. */
        Judge NONE = (_, _, _) -> Verdict.GO;

        Verdict of(Resource resource, Aws aws, Mode mode);
    }

    /** One that waits for nothing: what writes IAM. */
    record Brief(Notes notes) implements Run {
        /** One that leaves no notes either: a kill. */
        static final Brief SILENT = new Brief((_, note) -> note);

        @Override
        public boolean waits() {
            return false;
        }

        @Override
        public Verdict verdict(Step<?> step, Aws aws, Mode mode) {
            return Verdict.GO;
        }
    }

    /** One that ends in time for whoever runs it to tell what became of it. */
    record Until(Instant end, InstantSource clock, Pause pause, Notes notes, Judge judge) implements Run {
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
        public Verdict verdict(Step<?> step, Aws aws, Mode mode) {
            return judge.of(step.resource(), aws, mode);
        }
    }
}
