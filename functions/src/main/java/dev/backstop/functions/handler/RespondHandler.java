package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Detection;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.Responder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.function.Consumer;

/** Answers what an EventBridge rule of Backstop sends: one detection an invocation. */
public final class RespondHandler implements RequestStreamHandler {
    private final Responder responder;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public RespondHandler() {
        this(Deployed.here().responder(), LogLine::print);
    }

    RespondHandler(Responder responder, Consumer<ObjectNode> log) {
        this.log = log;
        this.responder = responder;
    }

    /** Fails when an action failed, after people were told: Lambda's retry then tries again. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Detection detection = Detection.of(Json.MAPPER.readTree(input), "input");
        ObjectNode detected = LogLine.measure("detected", detection.record().eventTime());
        Answer answer = responder.respond(detection, context.getAwsRequestId());
        if (!answer.duplicate()) {
            measured(answer, detected);
        }
        for (Outcome outcome : answer.outcomes()) {
            log.accept(LogLine.of(answer, outcome));
        }
        if (answer.failed()) {
            throw new ActionFailedException(answer);
        }
        Outcomes.write(answer.outcomes(), output);
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
