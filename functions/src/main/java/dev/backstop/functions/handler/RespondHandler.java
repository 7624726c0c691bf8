package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.Responder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers what an EventBridge rule of Backstop sends: one detection an invocation. */
public final class RespondHandler implements RequestStreamHandler {
    private final Responder responder;

    /** Called by Lambda. */
    public RespondHandler() {
        this(Deployed.here().responder());
    }

    RespondHandler(Responder responder) {
        this.responder = responder;
    }

    /** Fails when an action failed, after people were told: Lambda's retry then tries again. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Detection detection = Detection.of(Json.MAPPER.readTree(input), "input");
        Answer answer = responder.respond(detection, context.getAwsRequestId());
        for (Outcome outcome : answer.outcomes()) {
            context.getLogger().log(LogLine.of(answer, outcome));
        }
        if (answer.failed()) {
            throw new ActionFailedException(answer);
        }
        Outcomes.write(answer.outcomes(), output);
    }
}
