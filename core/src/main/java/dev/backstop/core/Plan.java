package dev.backstop.core;

import java.util.List;

/** What would undo a finding. */
public sealed interface Plan {
    /** Steps that do not depend on each other: each is tried, whatever became of those before it. */
    record Steps(List<Step<?>> steps) implements Plan {
        public Steps {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("a plan without steps is a refusal: say why");
            }
        }
    }

    /**
     * Nothing that could be done by itself.
     *
     * @param why what is missing, and what a person can do
     */
    record Refused(String why) implements Plan {}
}
