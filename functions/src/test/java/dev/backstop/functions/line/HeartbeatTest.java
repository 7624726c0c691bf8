package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The heartbeat on the line: handled like a finding, and heard by nobody. */
class HeartbeatTest {
    private static final Detection BEAT = new Detection(Heartbeat.RULE, Records.heartbeat());

    private final Stage stage = new Stage();

    @ParameterizedTest
    @EnumSource(Mode.class)
    void itIsHandledOnceAndNobodyHearsOfIt(Mode mode) {
        stage.controls.set(mode);
        Instant before = stage.now;
        Answer answer = stage.responder().respond(BEAT, "request-1");
        assertFalse(answer.duplicate());
        assertFalse(answer.failed());
        assertTrue(Heartbeat.is(answer.finding()));
        assertEquals(List.of(), stage.outbox.alerts());
        assertEquals(List.of(), stage.outbox.events());
        assertEquals(List.of(), stage.timeline.of(Heartbeat.SESSION));
        assertEquals(before, stage.now, "nobody waits for its owner");
        assertTrue(
                stage.responder().respond(BEAT, "request-2").duplicate(), "a second delivery is no second heartbeat");
    }

    @Test
    void oneThatCameLateIsOneAllTheSame() {
        stage.pass(Duration.ofHours(2));
        assertFalse(stage.responder().respond(BEAT, "request-1").duplicate());
        assertEquals(List.of(), stage.outbox.alerts());
    }

    @Test
    void nothingElsePassesInSilenceUnderItsName() {
        stage.responder().respond(new Detection(Heartbeat.RULE, Stage.CALL), "request-1");
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void itFillsNeitherTheListOfSessionsNorATimeline() {
        ActivityWatch watch = watch();
        watch.see(opening(
                "{\"type\":\"AssumedRole\",\"accessKeyId\":\"ASIAFUNCTION\",\"sessionContext\":{\"sessionIssuer\":"
                        + "{\"arn\":\"arn:aws:iam::111122223333:role/backstop-drill\"}}}"));
        watch.see(Records.heartbeat());
        assertEquals(List.of(), stage.sessions.withId(Heartbeat.SESSION));
        assertEquals(List.of(), stage.timeline.of(Heartbeat.SESSION));
    }

    @Test
    void anAgentThatBecomesTheCanaryIsSeen() {
        watch().see(opening(Records.agent("sess_a8f3b21c")));
        assertEquals(1, stage.sessions.withId(Heartbeat.SESSION).size());
    }

    private ActivityWatch watch() {
        KillProof proof =
                new KillProof(stage.known, stage.revoker, stage.journal, stage.outbox, stage.outbox, stage, _ -> {});
        return new ActivityWatch(
                stage.known, AgentSelector.DEFAULT, stage.revoker, proof, stage.forgedTags, stage.windows(), stage);
    }

    private static CloudTrailRecord opening(String caller) {
        var issued =
                Records.issued(Heartbeat.SESSION, "backstop", "drill").json().deepCopy();
        String text = Json.write(issued).replace("role/agent-deploy-role", "role/" + Heartbeat.ROLE);
        var json = (com.fasterxml.jackson.databind.node.ObjectNode) Json.read(text);
        json.setAll(Map.of("userIdentity", Json.read(caller)));
        return CloudTrailRecord.of(json, "test");
    }
}
