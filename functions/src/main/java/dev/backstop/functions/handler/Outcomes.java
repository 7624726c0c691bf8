package dev.backstop.functions.handler;

import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A function's answer: a JSON array of outcomes. */
final class Outcomes {
    private Outcomes() {}

    static void write(List<Outcome> outcomes, OutputStream output) throws IOException {
        Json.MAPPER.writeValue(
                output,
                Json.MAPPER
                        .createArrayNode()
                        .addAll(outcomes.stream().map(Outcome::toJson).toList()));
    }
}
