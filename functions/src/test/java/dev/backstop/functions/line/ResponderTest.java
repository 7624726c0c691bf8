package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.contract.ForwardingSecurityGroups;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.SecurityGroups;
import dev.backstop.functions.message.AlertText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResponderTest {
    private final Stage stage = new Stage();

    @Test
    void revertsRevokesAlertsAndSaysSoOnTheBus() {
        Answer answer = stage.responder().respond(Stage.DETECTION, "first");
        assertEquals(List.of("revert applied true", "revoke applied true", "alert applied false"), words(answer));
        assertEquals(List.of("sgr-human"), ruleIds());
        assertEquals(
                Set.of("BackstopRevoke-sess_a8f3b21c"), stage.aws.rolePolicies().names("agent-deploy-role"));
        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals("jordan", alert.session().developer());
        assertEquals(2, alert.outcomes().size());
        assertEquals(4, stage.outbox.events().size());
    }

    @Test
    void aDuplicateDoesNothingAndAnswersTheSame() {
        Answer first = stage.responder().respond(Stage.DETECTION, "first");
        Answer second = stage.responder().respond(Stage.DETECTION, "second");
        assertTrue(second.duplicate());
        assertEquals(first.outcomes(), second.outcomes());
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void modeObserveChangesNothingAndSaysWhatItWouldDo() {
        stage.controls.set(Mode.OBSERVE);
        Answer answer = stage.responder().respond(Stage.DETECTION, "first");
        assertEquals(List.of("revert observed false", "revoke observed false", "alert applied false"), words(answer));
        assertEquals(List.of("sgr-agent", "sgr-human"), ruleIds());
        assertEquals(Set.of(), stage.aws.rolePolicies().names("agent-deploy-role"));
        assertEquals(List.of(), stage.revocations.all());
    }

    @Test
    void whatWasOnlyObservedIsActedOnWhenAskedAgainInModeEnforce() {
        stage.controls.set(Mode.OBSERVE);
        stage.responder().respond(Stage.DETECTION, "first");
        assertTrue(stage.responder().respond(Stage.DETECTION, "again").duplicate());
        stage.controls.set(Mode.ENFORCE);
        assertEquals(
                "revert applied true",
                words(stage.responder().respond(Stage.DETECTION, "third")).getFirst());
    }

    @Test
    void theModeOfARuleWinsOverTheModeOfAll() {
        stage.controls.set(Mode.OBSERVE);
        stage.controls.set(Stage.OPENED.id(), Mode.ENFORCE);
        assertEquals(
                "revert applied true",
                words(stage.responder().respond(Stage.DETECTION, "first")).getFirst());
    }

    @Test
    void aCallOlderThanAnHourIsAlertedNotActedOn() {
        stage.pass(Duration.ofMinutes(61));
        Answer answer = stage.responder().respond(Stage.DETECTION, "first");
        assertEquals(List.of("revert refused false", "revoke refused false", "alert applied false"), words(answer));
        assertEquals(2, ruleIds().size());
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void whatWasRefusedForItsAgeIsActedOnByWhoeverAllowsForIt() {
        stage.pass(Duration.ofMinutes(61));
        Answer refused = stage.responder().respond(Stage.DETECTION, "first");
        assertEquals(
                "the call is 61 min old, and calls older than 60 min are not acted on: look at the resource as it is now",
                refused.outcomes().getFirst().message());
        assertTrue(stage.responder().respond(Stage.DETECTION, "again").duplicate());

        stage.limits = new Limits(Records.ACCOUNT, Duration.ofDays(1), Duration.ZERO);
        Answer allowed = stage.responder().respond(Stage.DETECTION, "by hand");
        assertEquals("revert applied true", words(allowed).getFirst());
        assertEquals(List.of("sgr-human"), ruleIds());
    }

    @Test
    void whatWasActedOnIsADuplicateInWhateverModeAndHoweverLateItComes() {
        Answer first = stage.responder().respond(Stage.DETECTION, "first");
        stage.controls.set(Mode.OBSERVE);
        Answer observed = stage.responder().respond(Stage.DETECTION, "second");
        stage.controls.set(Mode.ENFORCE);
        stage.pass(Duration.ofMinutes(61));
        Answer late = stage.responder().respond(Stage.DETECTION, "third");

        assertTrue(observed.duplicate() && late.duplicate());
        assertEquals(first.outcomes(), observed.outcomes());
        assertEquals(first.outcomes(), late.outcomes());
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void aCallInAnotherAccountIsNotActedOn() {
        stage.limits = Limits.in("444455556666");
        assertEquals(
                "revert refused false",
                words(stage.responder().respond(Stage.DETECTION, "first")).getFirst());
        assertEquals(2, ruleIds().size());
    }

    @Test
    void anAlertGoesOutWhenTheActionFailsAndTheRetryTellsOnlyWhatIsNew() {
        Responder denied = stage.responder(new Forbidding(), stage.outbox, stage.revoker);
        Answer answer = denied.respond(Stage.DETECTION, "one");
        assertTrue(answer.failed());
        assertEquals("revert failed false", words(answer).getFirst());
        Outcome failed = answer.outcomes().getFirst();
        assertTrue(failed.message().contains("UnauthorizedOperation"), failed.message());
        assertTrue(String.valueOf(failed.command()).startsWith("aws ec2 revoke-security-group-ingress"));
        denied.respond(Stage.DETECTION, "one");
        assertEquals(1, stage.outbox.alerts().size(), "nothing new, no second alert");
        Answer mended = stage.responder().respond(Stage.DETECTION, "one");
        assertEquals("revert applied true", words(mended).getFirst());
        assertEquals(2, stage.outbox.alerts().size());
    }

    @Test
    void whileAnotherInvocationIsAtItTheCallerIsToAskAgain() {
        stage.journal.claim(key(), "other", Duration.ofMinutes(5), Json.object());
        assertThrows(StillBusyException.class, () -> stage.responder().respond(Stage.DETECTION, "mine"));
        assertEquals(2, ruleIds().size());
        stage.pass(Duration.ofMinutes(6));
        assertEquals(
                "revert applied true",
                words(stage.responder().respond(Stage.DETECTION, "mine")).getFirst());
    }

    @Test
    void aCrashBeforeTheAlertIsMadeGoodByTheRetry() {
        Responder mute = stage.responder(
                stage.aws,
                _ -> {
                    throw new IllegalStateException("SNS is down");
                },
                stage.revoker);
        assertThrows(IllegalStateException.class, () -> mute.respond(Stage.DETECTION, "one"));
        Answer answer = stage.responder().respond(Stage.DETECTION, "one");
        assertEquals(
                List.of("revert already-done true", "revoke already-done true", "alert applied false"), words(answer));
        assertEquals(1, stage.outbox.alerts().size());
    }

    @Test
    void aBusThatIsDownCostsNoSecondAlert() {
        Line deaf = new Line(
                _ -> stage.aws,
                stage.sessions,
                stage.timeline,
                stage.journal,
                stage.controls,
                (_, _) -> Optional.empty(),
                stage.revoker,
                stage.reverter,
                stage.restraints,
                stage.outbox,
                _ -> {
                    throw new IllegalStateException("the bus is down");
                });
        Responder responder = new Responder(deaf, AgentSelector.DEFAULT, stage.limits, stage, stage::pass);
        assertThrows(IllegalStateException.class, () -> responder.respond(Stage.DETECTION, "one"));
        Answer answer = stage.responder().respond(Stage.DETECTION, "one");
        assertEquals(3, answer.outcomes().size());
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(4, stage.outbox.events().size());
    }

    @Test
    void theOwnerIsWaitedForALittleAfterTheActionNotBefore() {
        LocalSessionRegistry empty = new LocalSessionRegistry();
        Line line = new Line(
                _ -> stage.aws,
                empty,
                stage.timeline,
                stage.journal,
                stage.controls,
                (_, _) -> Optional.empty(),
                stage.revoker,
                stage.reverter,
                stage.restraints,
                stage.outbox,
                stage.outbox);
        Responder responder = new Responder(line, AgentSelector.DEFAULT, stage.limits, stage, duration -> {
            assertEquals(List.of("sgr-human"), ruleIds(), "reverted before the wait");
            stage.pass(duration);
        });
        Answer answer = responder.respond(Stage.DETECTION, "one");
        assertFalse(answer.finding().session().ownerKnown());
        assertTrue(AlertText.body(stage.outbox.alerts().getFirst()).contains("unknown (no STS record seen)"));
    }

    @Test
    void aKillSwitchThatDoesNotAnswerIsAFailureThatPeopleHearOf() {
        Responder broken = stage.responder(stage.aws, stage.outbox, _ -> {
            throw new IllegalStateException("function error");
        });
        Answer answer = broken.respond(Stage.DETECTION, "one");
        assertEquals(List.of("revert applied true", "revoke failed false", "alert applied false"), words(answer));
    }

    @Test
    void aRuleThatOnlyAlertsAlerts() {
        Detection deleted = new Detection(
                Records.rule("bucket-deleted", "", Response.ALERT),
                Records.call("s3", "DeleteBucket", "{\"bucketName\":\"b\"}", "null"));
        assertEquals(List.of("alert applied false"), words(stage.responder().respond(deleted, "one")));
        assertTrue(AlertText.body(stage.outbox.alerts().getFirst()).contains("backstop-revoke:live"));
    }

    private String key() {
        return Stage.CALL.eventId() + "#" + Stage.OPENED.id();
    }

    private List<String> ruleIds() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .map(GroupRule::ruleId)
                .sorted()
                .toList();
    }

    private static List<String> words(Answer answer) {
        return answer.outcomes().stream()
                .map(outcome -> outcome.action().word() + " " + outcome.status().word() + " " + outcome.verified())
                .toList();
    }

    /** An AWS that shows everything and lets nothing be changed in security groups. */
    private final class Forbidding implements ForwardingAws {
        @Override
        public Aws real() {
            return stage.aws;
        }

        @Override
        public SecurityGroups securityGroups() {
            return new ForwardingSecurityGroups() {
                @Override
                public SecurityGroups real() {
                    return stage.aws.securityGroups();
                }

                @Override
                public void revokeIngress(String groupId, Set<String> ruleIds) {
                    throw new IllegalStateException("UnauthorizedOperation");
                }
            };
        }
    }
}
