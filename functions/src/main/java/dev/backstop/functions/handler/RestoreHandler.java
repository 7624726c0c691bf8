package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.Release;
import dev.backstop.functions.line.IncidentDesk;
import dev.backstop.functions.line.OnCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets a revoked session go on: when a person asks for it, or a drill is over. Also takes what else a person may soften, see
 * {@link IncidentDesk#change}.
 */
public final class RestoreHandler implements RequestStreamHandler {
    private final Release release;
    private final OnCall onCall;
    private final IncidentDesk desk;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public RestoreHandler() {
        this(Deployed.here().primed());
    }

    private RestoreHandler(Deployed deployed) {
        this(deployed.revoker(), deployed.onCall(), deployed.incidentDesk(), LogLine::print);
    }

    RestoreHandler(Release release, OnCall onCall, IncidentDesk desk, Consumer<ObjectNode> log) {
        this.log = log;
        this.release = release;
        this.onCall = onCall;
        this.desk = desk;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.MAPPER.readTree(input);
        Optional<ObjectNode> changed = desk.change(request);
        if (changed.isPresent()) {
            log.accept(Json.object()
                    .put("action", "soften")
                    .put("status", changed.get().path("status").asText())
                    .put("dryRun", changed.get().path("dryRun").asBoolean()));
            Json.MAPPER.writeValue(output, changed.get());
            return;
        }
        String released = Json.text(request, "release");
        List<Outcome> outcomes = released == null
                ? onCall.restore(request)
                // Whoever drills tells people itself.
                : release.release(released, Json.required(request, "reference", "input"));
        outcomes.forEach(outcome -> log.accept(LogLine.of(outcome)));
        Outcomes.write(outcomes, output);
    }
}
