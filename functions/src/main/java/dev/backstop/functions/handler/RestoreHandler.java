package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.functions.line.OnCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Lets a revoked session go on, when a person asks for it. */
public final class RestoreHandler implements RequestStreamHandler {
    private final OnCall onCall;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public RestoreHandler() {
        this(Deployed.here().primed().onCall(), LogLine::print);
    }

    RestoreHandler(OnCall onCall, Consumer<ObjectNode> log) {
        this.log = log;
        this.onCall = onCall;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Outcome> outcomes = onCall.restore(Json.MAPPER.readTree(input));
        outcomes.forEach(outcome -> log.accept(LogLine.of(outcome)));
        Outcomes.write(outcomes, output);
    }
}
