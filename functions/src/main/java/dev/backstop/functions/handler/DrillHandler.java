package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.functions.line.Drill;
import dev.backstop.functions.line.DrillResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Drills the kill switch, on a schedule or when a person asks; any input will do. */
public final class DrillHandler implements RequestStreamHandler {
    private static final int REFERENCE = 8;

    private final Drill drill;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public DrillHandler() {
        this(Deployed.here().drill(), LogLine::print);
    }

    DrillHandler(Drill drill, Consumer<ObjectNode> log) {
        this.drill = drill;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String request = context.getAwsRequestId();
        DrillResult result = drill.run(request.substring(0, Math.min(REFERENCE, request.length())));
        Double seconds = result.secondsToRefused();
        log.accept(result.toJson().put("measure", "drill").put("seconds", seconds));
        Json.MAPPER.writeValue(output, result.toJson());
    }
}
