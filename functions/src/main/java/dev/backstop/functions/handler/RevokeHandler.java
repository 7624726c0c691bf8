package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Stops a session: ordered by the respond function with a whole session, or asked by a person with a session id. */
public final class RevokeHandler implements RequestStreamHandler {
    private final OnCall onCall;

    /** Called by Lambda. */
    public RevokeHandler() {
        this(Deployed.here().onCall());
    }

    RevokeHandler(OnCall onCall) {
        this.onCall = onCall;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.MAPPER.readTree(input);
        if (request.path("session").isObject()) {
            Json.MAPPER.writeValue(output, onCall.obey(request).toJson());
        } else {
            Outcomes.write(onCall.revoke(request), output);
        }
    }
}
