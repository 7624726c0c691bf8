package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.functions.line.Evaluator;
import dev.backstop.functions.line.Evaluator.Verdict;
import dev.backstop.functions.sdk.ConfigEvaluations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The rules of AWS Config's that compare with what people approved; see <a
 * href="https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html">their
 * events</a>.
 */
public final class EvaluateHandler implements RequestStreamHandler {
    private final Evaluator evaluator;
    private final ConfigEvaluations config;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public EvaluateHandler() {
        this(Deployed.here());
    }

    private EvaluateHandler(Deployed deployed) {
        this(deployed.evaluator(), deployed.evaluations(), LogLine::print);
    }

    EvaluateHandler(Evaluator evaluator, ConfigEvaluations config, Consumer<ObjectNode> log) {
        this.evaluator = evaluator;
        this.config = config;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.MAPPER.readTree(input);
        JsonNode invoking = Json.read(Json.required(event, "invokingEvent", "input"));
        JsonNode item = item(invoking);
        String id = Json.required(item, "resourceId", "invokingEvent");
        Verdict verdict = evaluator.judge(item, event.path("eventLeftScope").asBoolean());
        config.put(
                Json.required(event, "resultToken", "input"),
                Json.required(item, "resourceType", "invokingEvent"),
                id,
                capturedAt(item),
                verdict.compliance(),
                verdict.annotation());
        ObjectNode line = Json.object();
        line.put("configRule", event.path("configRuleName").asText());
        line.put("resource", id);
        line.put("compliance", verdict.compliance());
        log.accept(line);
        Json.MAPPER.writeValue(output, line);
    }

    /** Of a very large item the event holds only what it is called: the item is in Config's history. */
    private JsonNode item(JsonNode invoking) {
        JsonNode summary = invoking.path("configurationItemSummary");
        if (!summary.isObject()) {
            return invoking.path("configurationItem");
        }
        String type = Json.required(summary, "resourceType", "invokingEvent");
        ObjectNode item = config.item(type, Json.required(summary, "resourceId", "invokingEvent"), capturedAt(summary))
                .orElseGet(summary::deepCopy);
        item.set("configurationItemCaptureTime", summary.path("configurationItemCaptureTime"));
        return item;
    }

    private static Instant capturedAt(JsonNode item) {
        Instant at = Json.instant(item, "configurationItemCaptureTime", "invokingEvent");
        if (at == null) {
            throw new BadInputException("invokingEvent", "configurationItemCaptureTime", "is missing");
        }
        return at;
    }
}
