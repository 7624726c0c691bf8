package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.Release;
import dev.backstop.functions.line.OnCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Lets a revoked session go on: when a person asks for it, or a drill is over. */
public final class RestoreHandler implements RequestStreamHandler {
    private final Release release;
    private final OnCall onCall;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public RestoreHandler() {
        this(Deployed.here().primed());
    }

    private RestoreHandler(Deployed deployed) {
        this(deployed.revoker(), deployed.onCall(), LogLine::print);
    }

    RestoreHandler(Release release, OnCall onCall, Consumer<ObjectNode> log) {
        this.log = log;
        this.release = release;
        this.onCall = onCall;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.MAPPER.readTree(input);
        String released = Json.text(request, "release");
        List<Outcome> outcomes = released == null
                ? onCall.restore(request)
                // Whoever drills tells people itself.
                : release.release(released, Json.required(request, "reference", "input"));
        outcomes.forEach(outcome -> log.accept(LogLine.of(outcome)));
        Outcomes.write(outcomes, output);
    }
}
