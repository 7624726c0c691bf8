package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.port.IamReverts;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.KillSwitch.Order;
import dev.backstop.core.port.Remakes;
import dev.backstop.functions.line.IamReverter;
import dev.backstop.functions.line.IncidentSweep;
import dev.backstop.functions.line.OnCall;
import dev.backstop.functions.line.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stops a session: ordered by another function with a whole session, or asked by a person; asked with a finding, undoes
 * what was done to IAM, or makes it again; and on a schedule, asked with {@code {"sweep": true}}, looks after the denies that stand and the
 * incidents that are open.
 */
public final class RevokeHandler implements RequestStreamHandler {
    private final KillSwitch killSwitch;
    private final IamReverts reverts;
    private final Remakes remakes;
    private final OnCall onCall;
    private final Sweep sweep;
    private final IncidentSweep incidents;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public RevokeHandler() {
        this(Deployed.here().primed());
    }

    private RevokeHandler(Deployed deployed) {
        this(deployed, deployed.iamReverter());
    }

    private RevokeHandler(Deployed deployed, IamReverter reverter) {
        this(
                deployed.revoker(),
                reverter,
                reverter,
                deployed.onCall(),
                deployed.sweep(),
                deployed.incidentSweep(),
                LogLine::print);
    }

    RevokeHandler(
            KillSwitch killSwitch,
            IamReverts reverts,
            Remakes remakes,
            OnCall onCall,
            Sweep sweep,
            IncidentSweep incidents,
            Consumer<ObjectNode> log) {
        this.log = log;
        this.killSwitch = killSwitch;
        this.reverts = reverts;
        this.remakes = remakes;
        this.onCall = onCall;
        this.sweep = sweep;
        this.incidents = incidents;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.MAPPER.readTree(input);
        List<Outcome> outcomes = answer(request, context);
        outcomes.forEach(outcome -> log.accept(LogLine.of(outcome)));
        Outcomes.write(outcomes, output);
    }

    private List<Outcome> answer(JsonNode request, Context context) {
        if (IamReverts.Request.isOne(request)) {
            return reverts.revert(IamReverts.Request.of(request, "input"));
        }
        if (Remakes.Order.isOne(request)) {
            return remakes.remake(Remakes.Order.of(request, "input"));
        }
        if (request.path("session").isObject()) {
            return obey(Order.of(request, "input"));
        }
        return request.path("sweep").asBoolean() ? swept(context) : onCall.revoke(request);
    }

    private List<Outcome> swept(Context context) {
        List<Outcome> outcomes = sweep.run("sweep-" + context.getAwsRequestId());
        incidents.run();
        return outcomes;
    }

    /** Whoever orders has looked the session up, and tells people and the bus itself. */
    private List<Outcome> obey(Order order) {
        List<Outcome> outcomes = killSwitch.revoke(order);
        if (order.calledAt() != null && outcomes.getFirst().status() == Status.APPLIED) {
            log.accept(LogLine.measure("denied", order.calledAt()));
        }
        return outcomes;
    }
}
