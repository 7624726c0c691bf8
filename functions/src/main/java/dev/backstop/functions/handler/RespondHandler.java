package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Detection;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.Remakes;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.DriftWatch;
import dev.backstop.functions.line.Responder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers what an EventBridge rule of Backstop sends: one detection an invocation, or drift that is to be looked for; and
 * makes again what it has undone, where a person wants that.
 */
public final class RespondHandler implements RequestStreamHandler {
    private final Responder responder;
    private final Supplier<DriftWatch> drift;
    private final Remakes remakes;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public RespondHandler() {
        this(Deployed.here());
    }

    private RespondHandler(Deployed deployed) {
        this(deployed.responder(), deployed::drift, deployed.remaker(), LogLine::print);
    }

    RespondHandler(Responder responder, Supplier<DriftWatch> drift, Remakes remakes, Consumer<ObjectNode> log) {
        this.log = log;
        this.responder = responder;
        this.drift = drift;
        this.remakes = remakes;
    }

    /** Fails when an action failed, after people were told: Lambda's retry then tries again. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = sent(Json.MAPPER.readTree(input));
        if (DriftWatch.isOne(request)) {
            tell(drift.get().answer(request, context.getAwsRequestId()), output);
            return;
        }
        if (Remakes.Order.isOne(request)) {
            // Whoever asks waits for the answer, and tells people itself.
            List<Outcome> outcomes = remakes.remake(Remakes.Order.of(request, "input"));
            outcomes.forEach(outcome -> log.accept(LogLine.of(outcome)));
            Outcomes.write(outcomes, output);
            return;
        }
        Detection detection = Detection.of(request, "input");
        ObjectNode detected = LogLine.measure("detected", detection.record().eventTime());
        Answer answer = responder.respond(detection, context.getAwsRequestId());
        if (!answer.duplicate()) {
            measured(answer, detected);
        }
        tell(List.of(answer), output);
    }

    /** What was sent, also where it has waited in a queue, from which it comes as the only one. */
    private static JsonNode sent(JsonNode input) {
        JsonNode waited = input.at("/Records/0/body");
        return waited.isTextual() ? Json.read(waited.asText()) : input;
    }

    private void tell(List<Answer> answers, OutputStream output) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Answer answer : answers) {
            for (Outcome outcome : answer.outcomes()) {
                log.accept(LogLine.of(answer, outcome));
                outcomes.add(outcome);
            }
        }
        Optional<Answer> failed = answers.stream().filter(Answer::failed).findFirst();
        if (failed.isPresent()) {
            throw new ActionFailedException(failed.get());
        }
        Outcomes.write(outcomes, output);
    }

    /** A heartbeat is no finding: it has a measure of its own, and is in none of theirs. */
    private void measured(Answer answer, ObjectNode detected) {
        Instant called = answer.finding().record().eventTime();
        if (Heartbeat.is(answer.finding())) {
            log.accept(LogLine.measure("heartbeat", called));
            return;
        }
        log.accept(detected);
        log.accept(LogLine.measure("alerted", called));
        if (answer.contained()) {
            log.accept(LogLine.measure("contained", called));
        }
    }
}
