package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.functions.line.BaselineWatch;
import dev.backstop.functions.line.BaselineWatch.Seeing;
import dev.backstop.functions.line.TagApproval;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps the baselines, and the approvals that people give by tags: takes EventBridge's event of a change by anybody, the same from a rule that reverts it as {@code
 * {"undoing": true, "event": …}}, and after a deployment and on a schedule {@code {"survey": true}}.
 */
public final class BaselineHandler implements RequestStreamHandler {
    private final List<BaselineWatch> watches;
    private final TagApproval approval;
    private final Consumer<ObjectNode> log;

    /** Called by Lambda. */
    public BaselineHandler() {
        this(Deployed.here());
    }

    private BaselineHandler(Deployed deployed) {
        this(deployed.baselines(), deployed.approval(), LogLine::print);
    }

    /** @param watches one for each Region that is watched */
    BaselineHandler(List<BaselineWatch> watches, TagApproval approval, Consumer<ObjectNode> log) {
        this.watches = List.copyOf(watches);
        this.approval = approval;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.MAPPER.readTree(input);
        Seeing seeing = request.path("survey").asBoolean() ? all(BaselineWatch::survey) : seen(request);
        ObjectNode answer = Json.object()
                .put("groups", seeing.groups())
                .put("instances", seeing.instances())
                .put("kept", seeing.kept());
        log.accept(answer.deepCopy().put("measure", "baseline"));
        Json.MAPPER.writeValue(output, answer);
    }

    private Seeing seen(JsonNode request) {
        boolean undoing = request.path("undoing").asBoolean();
        JsonNode event = undoing ? request.path("event") : request;
        CloudTrailRecord record = CloudTrailRecord.of(event.path("detail"), "input");
        return TagApproval.isOne(record)
                ? new Seeing(0, 0, approval.take(record))
                : all(watch -> watch.see(record, undoing));
    }

    private Seeing all(Function<BaselineWatch, Seeing> look) {
        return watches.stream().map(look).reduce(Seeing.NOTHING, Seeing::plus);
    }
}
