package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.port.History;
import dev.backstop.core.port.KillSwitch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which comes first, the revert or the kill: nothing is waited for before the session is stopped. */
class OrderTest {
    private static final Detection WIDENED = new Detection(
            Records.rule(
                    "security-group-rule-changed-to-world",
                    "restore-modified-security-group-rules",
                    Response.ALERT,
                    Response.REVERT,
                    Response.REVOKE),
            Records.call("ec2", "ModifySecurityGroupRules", """
                            {"ModifySecurityGroupRulesRequest": {"GroupId": "sg-1", "SecurityGroupRule": {
                              "SecurityGroupRuleId": "sgr-agent",
                              "SecurityGroupRule": {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                                "CidrIpv4": "0.0.0.0/0"}}}}""", "{\"return\": true}"));

    private final Stage stage = new Stage();
    private boolean asked;

    @Test
    void whatIsUndoneAtOnceDoesNotWaitForTheKill() {
        Answer answer = responder(stage.history, order -> {
                    assertEquals(List.of("sgr-human"), ruleIds());
                    return stage.revoker.revoke(order);
                })
                .respond(Stage.DETECTION, "one");
        assertEquals(List.of(Status.APPLIED, Status.APPLIED, Status.APPLIED), statuses(answer));
    }

    @Test
    void whatWasThereBeforeIsWaitedForOnceTheSessionIsStopped() {
        Answer answer = responder(slow("10.0.0.0/8"), stage.revoker).respond(WIDENED, "one");
        assertTrue(asked);
        assertEquals(List.of(Status.APPLIED, Status.APPLIED, Status.APPLIED), statuses(answer));
        assertEquals("10.0.0.0/8", peer());
        assertTrue(
                stage.journal
                        .note(WIDENED.record().eventId() + "#" + WIDENED.rule().id(), "plan", "none")
                        .contains("ec2:ModifySecurityGroupRules"),
                "the plan is written down before it is carried out");
    }

    @Test
    void aDuplicateIsAnsweredWithoutWaiting() {
        responder(slow("10.0.0.0/8"), stage.revoker).respond(WIDENED, "one");
        asked = false;
        assertTrue(responder(slow("10.0.0.0/8"), stage.revoker)
                .respond(WIDENED, "two")
                .duplicate());
        assertEquals(false, asked);
    }

    @Test
    void whileAnotherInvocationIsAtItNobodyIsStopped() {
        stage.journal.claim(
                WIDENED.record().eventId() + "#" + WIDENED.rule().id(), "other", Duration.ofMinutes(5), Json.object());
        Responder responder = responder(slow("10.0.0.0/8"), stage.revoker);
        assertThrows(StillBusyException.class, () -> responder.respond(WIDENED, "one"));
        assertEquals(List.of(), stage.revocations.all());
    }

    @Test
    void whereThePlanCannotBeMadePeopleHearThatTheSessionIsStoppedAndTheRetryUndoesTheRest() {
        History broken = (_, _) -> {
            throw new IllegalStateException("Throttling");
        };
        Answer answer = responder(broken, stage.revoker).respond(WIDENED, "one");
        assertEquals(List.of(Status.FAILED, Status.APPLIED, Status.APPLIED), statuses(answer));
        assertEquals(
                "could not find out what was there before: Throttling",
                answer.outcomes().getFirst().message());
        assertEquals(1, stage.outbox.alerts().size());

        Answer retried = responder(slow("10.0.0.0/8"), stage.revoker).respond(WIDENED, "one");
        assertEquals(List.of(Status.APPLIED, Status.ALREADY_DONE, Status.APPLIED), statuses(retried));
        assertEquals("10.0.0.0/8", peer());
    }

    /** What the group was, known only after a while, by which the session must be stopped. */
    private History slow(String peer) {
        return new History() {
            @Override
            public Optional<PriorState> before(Resource resource, Instant instant) {
                assertEquals(1, stage.revocations.all().size(), "asked before the session is stopped");
                asked = true;
                stage.pass(Duration.ofSeconds(10));
                GroupRule was = new GroupRule("sgr-agent", "sg-1", false, "tcp", 443, 443, peer, null);
                String state = "{\"groupId\":\"sg-1\",\"securityGroupRules\":[" + was.toJson() + "]}";
                return Optional.of(new PriorState(Json.read(state), instant.minusSeconds(60), "baseline"));
            }
        };
    }

    private Responder responder(History history, KillSwitch killSwitch) {
        Line line = new Line(
                _ -> stage.aws,
                stage.sessions,
                stage.timeline,
                stage.journal,
                stage.controls,
                history,
                killSwitch,
                stage.reverter,
                stage.restraints,
                stage.outbox,
                stage.outbox);
        return new Responder(line, AgentSelector.DEFAULT, stage.limits, stage, stage::pass);
    }

    private List<String> ruleIds() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .map(GroupRule::ruleId)
                .sorted()
                .toList();
    }

    private String peer() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .filter(rule -> rule.ruleId().equals("sgr-agent"))
                .map(GroupRule::peer)
                .findFirst()
                .orElseThrow();
    }

    private static List<Status> statuses(Answer answer) {
        return answer.outcomes().stream().map(Outcome::status).toList();
    }
}
