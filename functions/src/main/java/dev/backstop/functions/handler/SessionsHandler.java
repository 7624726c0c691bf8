package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.port.SessionRegistry;
import java.util.ArrayList;
import java.util.List;

/** Keeps the sessions whose STS records come through the queue; a record that cannot be kept goes back to it alone. */
public final class SessionsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final SessionRegistry sessions;
    private final AgentSelector agents;

    /** Called by Lambda. */
    public SessionsHandler() {
        this(Deployed.here());
    }

    private SessionsHandler(Deployed deployed) {
        this(deployed.sessions(), deployed.settings().agents());
    }

    SessionsHandler(SessionRegistry sessions, AgentSelector agents) {
        this.sessions = sessions;
        this.agents = agents;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent batch, Context context) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (SQSEvent.SQSMessage message : batch.getRecords()) {
            try {
                keep(message);
            } catch (RuntimeException e) {
                context.getLogger().log("message " + message.getMessageId() + " goes back to the queue: " + e);
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private void keep(SQSEvent.SQSMessage message) {
        var detail = Json.read(message.getBody()).path("detail");
        CloudTrailRecord record = CloudTrailRecord.of(detail, "message " + message.getMessageId());
        IssuedSession.of(record, agents).ifPresent(sessions::keep);
    }
}
