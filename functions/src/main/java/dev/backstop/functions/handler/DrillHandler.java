package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.port.Canary;
import dev.backstop.functions.line.Drill;
import dev.backstop.functions.line.DrillResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Drills the kill switch, on a schedule or when a person asks; any input will do. On a schedule of its own, asked with {@code
 * {"heartbeat": true}}, makes the call of a heartbeat.
 */
public final class DrillHandler implements RequestStreamHandler {
    private static final int REFERENCE = 8;

    private final Drill drill;
    private final Canary canary;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public DrillHandler() {
        this(Deployed.here());
    }

    private DrillHandler(Deployed deployed) {
        this(deployed.drill(), deployed.canary(), LogLine::print);
    }

    DrillHandler(Drill drill, Canary canary, Consumer<ObjectNode> log) {
        this.drill = drill;
        this.canary = canary;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        if (Json.MAPPER.readTree(input).path("heartbeat").asBoolean()) {
            ObjectNode sent = beat();
            log.accept(sent);
            Json.MAPPER.writeValue(output, sent);
            return;
        }
        String request = context.getAwsRequestId();
        DrillResult result = drill.run(request.substring(0, Math.min(REFERENCE, request.length())));
        Double seconds = result.secondsToRefused();
        log.accept(result.toJson().put("measure", "drill").put("seconds", seconds));
        Json.MAPPER.writeValue(output, result.toJson());
    }

    /** One that could not be made is no error to wake anybody for: if none arrives for long, an alarm says so. */
    private ObjectNode beat() {
        ObjectNode sent = Json.object().put("heartbeat", "sent");
        try {
            canary.open(Heartbeat.SESSION).beat();
            return sent;
        } catch (RuntimeException e) {
            return sent.put("heartbeat", "not sent").put("failure", e.getMessage());
        }
    }
}
