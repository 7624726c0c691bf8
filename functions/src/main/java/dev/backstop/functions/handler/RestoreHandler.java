package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lets a revoked session go on, when a person asks for it. */
public final class RestoreHandler implements RequestStreamHandler {
    private final OnCall onCall;

    /** Called by Lambda. */
    public RestoreHandler() {
        this(Deployed.here().onCall());
    }

    RestoreHandler(OnCall onCall) {
        this.onCall = onCall;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Outcomes.write(onCall.restore(Json.MAPPER.readTree(input)), output);
    }
}
