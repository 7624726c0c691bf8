package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.functions.line.ActivityWatch;
import dev.backstop.functions.line.Counted;
import dev.backstop.functions.line.IncidentDesk;
import dev.backstop.functions.line.SessionReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes the agents' records that come through the queue, where one that cannot be taken goes back alone; and answers a person
 * who asks for the latest sessions ({@code {}}, or {@code {"hours": 48}}), for one's timeline ({@code {"session": …}}), or for
 * what {@link IncidentDesk#read} knows.
 */
public final class SessionsHandler implements RequestStreamHandler {
    private final ActivityWatch watch;
    private final SessionReport report;
    private final IncidentDesk desk;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public SessionsHandler() {
        this(Deployed.here());
    }

    private SessionsHandler(Deployed deployed) {
        this(deployed.watch(), deployed.report(), deployed.incidentDesk(), LogLine::print);
    }

    SessionsHandler(ActivityWatch watch, SessionReport report, IncidentDesk desk, Consumer<ObjectNode> log) {
        this.log = log;
        this.watch = watch;
        this.report = report;
        this.desk = desk;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.MAPPER.readTree(input);
        JsonNode messages = request.path("Records");
        ObjectNode answer = messages.isArray()
                ? taken(messages, context)
                : desk.read(request).orElseGet(() -> report.answer(request));
        Json.MAPPER.writeValue(output, answer);
    }

    /** A <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch response</a>. */
    private ObjectNode taken(JsonNode messages, Context context) {
        ObjectNode answer = Json.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        List<Counted> counted = new ArrayList<>();
        Set<String> toWeigh = new LinkedHashSet<>();
        for (JsonNode message : messages) {
            String id = message.path("messageId").asText();
            try {
                JsonNode detail = Json.read(message.path("body").asText()).path("detail");
                watch.see(CloudTrailRecord.of(detail, "message " + id), call -> {
                            counted.add(call);
                            toWeigh.add(id);
                        })
                        .forEach(outcome -> log.accept(LogLine.of(outcome)));
            } catch (RuntimeException e) {
                context.getLogger().log("message " + id + " goes back to the queue: " + e);
                failures.addObject().put("itemIdentifier", id);
            }
        }
        try {
            watch.weigh(counted);
        } catch (RuntimeException e) {
            context.getLogger().log("messages " + toWeigh + " go back to the queue: " + e);
            toWeigh.forEach(id -> failures.addObject().put("itemIdentifier", id));
        }
        return answer;
    }
}
