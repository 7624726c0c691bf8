package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalBaselines;
import dev.backstop.core.memory.LocalInventory;
import dev.backstop.functions.line.BaselineWatch;
import dev.backstop.functions.line.TagApproval;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What remembers how things were. */
class BaselineHandlerTest {
    private final HandlerStage stage = new HandlerStage();

    @Test
    void baselinesAreKeptOfEveryEventAndOfAllThereIs() throws IOException {
        LocalBaselines baselines = new LocalBaselines();
        LocalApprovals approvals = new LocalApprovals();
        stage.aws.securityGroups().put(new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 443, "10.0.0.0/16", null));
        BaselineHandler handler = new BaselineHandler(
                List.of(new BaselineWatch(
                        baselines,
                        new LocalInventory(stage.aws, HandlerStage.CLOCK),
                        new BaselineWatch.Place(Records.ACCOUNT, "us-east-1"),
                        AgentSelector.DEFAULT,
                        HandlerStage.CLOCK,
                        _ -> {})),
                approval(approvals),
                line -> stage.logged.add(Json.write(line)));
        CloudTrailRecord record = Records.authorized(Records.item("sgr-1", 443, "10.0.0.0/16"));
        String event = Json.write(EventEnvelope.around(record));

        assertEquals("{\"groups\":1,\"instances\":0,\"kept\":1}", Json.write(stage.call(handler, "{\"survey\":true}")));
        assertEquals(1, stage.call(handler, event).path("kept").asInt(), "seen again after the change");
        assertEquals(
                0,
                stage.call(handler, "{\"undoing\":true,\"event\":" + event + "}")
                        .path("groups")
                        .asInt());
        Baseline known = baselines.of(record(record), HandlerStage.CLOCK.instant());
        assertTrue(known.changes().getFirst().undoing(), known::toString);
        assertTrue(stage.logged.getFirst().contains("\"measure\":\"baseline\""), stage.logged::toString);
    }

    private TagApproval approval(LocalApprovals approvals) {
        return new TagApproval(
                approvals,
                new LocalBaselines(),
                new LocalInventory(stage.aws, HandlerStage.CLOCK),
                stage.outbox,
                AgentSelector.DEFAULT,
                HandlerStage.CLOCK,
                _ -> {});
    }

    private static Resource record(CloudTrailRecord record) {
        return new Resource("AWS::EC2::SecurityGroup", "sg-1", record.region(), record.account());
    }
}
