package dev.backstop.functions.handler;

import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.functions.line.Answer;
import java.util.stream.Collectors;

/** An action failed: people have been told, and Lambda is to try again. */
final class ActionFailedException extends RuntimeException {
    ActionFailedException(Answer answer) {
        super(answer.outcomes().stream()
                .filter(outcome -> outcome.status() == Status.FAILED)
                .map(Outcome::message)
                .collect(Collectors.joining("; ")));
    }
}
