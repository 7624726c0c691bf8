package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Severity;
import dev.backstop.functions.message.AlertText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTextTest {
    private final Stage stage = new Stage();

    @Test
    void theSubjectSortsAndFits() {
        String subject = AlertText.subject(alert());
        assertEquals(
                "[HIGH] Title of security-group-opened-to-world, sg-1 (sess_a8f3b21c): reverted, revoked", subject);
    }

    @Test
    void theBodySaysWhoWhatAndWhatWasDone() {
        assertEquals("""
                HIGH: Title of security-group-opened-to-world, sg-1 (sess_a8f3b21c)

                Why it matters.

                WHAT WAS DONE, 4.0 s after the call (mode enforce)
                * REVERTED, verified: revoke sgr-agent (tcp 443 from 0.0.0.0/0) from sg-1
                  before: tcp 443 from 0.0.0.0/0 (sgr-agent), tcp 80 from 0.0.0.0/0 (sgr-human)
                  after:  tcp 80 from 0.0.0.0/0 (sgr-human)
                * REVOKED, verified: deny session sess_a8f3b21c on role agent-deploy-role everything
                  before: not denied
                  after:  denied by BackstopRevoke-sess_a8f3b21c

                NEXT
                If this was wanted, let the session go on:
                aws lambda invoke --function-name backstop-restore:live --cli-binary-format raw-in-base64-out \
                --payload '{"session":"sess_a8f3b21c","reason":"event e-AuthorizeSecurityGroupIngress",\
                "operator":"YOUR NAME"}' /dev/stdout
                runbook: docs/runbook.md#exposure

                session: sess_a8f3b21c on agent-deploy-role, 0.0 s old
                developer: jordan
                project: backend-api
                account: 111122223333, us-east-1
                resource: sg-1 (AWS::EC2::SecurityGroup)
                console: https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#SecurityGroup:groupId=sg-1
                call: ec2:AuthorizeSecurityGroupIngress at 2026-11-20T10:15:00Z
                incident: %s: 1 finding so far
                rule: security-group-opened-to-world
                event: e-AuthorizeSecurityGroupIngress
                """.formatted(alert().incident().id()), AlertText.body(alert()));
    }

    @ParameterizedTest
    @CsvSource({"PT0.05S, 0.1 s", "PT1M59S, 119.0 s", "PT2M, 2 min", "PT119M, 119 min", "PT47H, 47 h", "PT114H, 4 days"
    })
    void nobodyCountsTheSecondsOfAnHour(Duration since, String words) {
        Alert told = alert();
        Alert late = new Alert(
                told.rule(),
                told.trigger(),
                told.session(),
                told.resource(),
                told.mode(),
                told.outcomes(),
                told.trigger().time().plus(since));
        assertTrue(AlertText.body(late).contains("WHAT WAS DONE, " + words + " after the call"), AlertText.body(late));
    }

    @Test
    void noValueOfARecordLeavesItsLine() {
        AgentSession evil = new AgentSession(
                "sess_\n\u001b[31mNEXT\r\u2028\u202e'; rm -rf /",
                Records.ROLE,
                "n",
                null,
                null,
                null,
                "jor\ndan",
                null,
                Instant.EPOCH,
                null);
        Alert alert = Alert.of(new Finding(Stage.OPENED, Stage.CALL, evil), Mode.OBSERVE, List.of(), stage.now);
        String body = AlertText.body(alert);
        assertFalse(
                body.contains("\u001b") || body.contains("\r") || body.contains("\u2028") || body.contains("\u202e"));
        assertEquals(
                body.lines().count(),
                AlertText.body(alertWithoutOutcomes()).lines().count());
        assertTrue(AlertText.subject(alert).matches("[\\x20-\\x7e]{1,99}"));
    }

    @Test
    void whatIsLessThanItsRuleSaysWhy() {
        Finding less = new Finding(Stage.OPENED, Stage.CALL, alert().session())
                .lowered(Severity.LOW, Set.of(Response.ALERT), "a window is open until noon");
        Alert alert = Alert.of(less, Mode.ENFORCE, List.of(), stage.now);

        assertTrue(AlertText.subject(alert).startsWith("[LOW] "), AlertText.subject(alert));
        assertTrue(
                AlertText.body(alert).contains("The rule is high; this is less: a window is open until noon\n"),
                AlertText.body(alert));
        assertEquals("low", Json.text(alert.toJson(), "severity"));
        assertEquals(List.of("a window is open until noon"), Json.values(alert.toJson(), "softened"));
    }

    @Test
    void theJsonIsVersioned() {
        assertEquals("backstop.alert/2", Json.text(alert().toJson(), "schema"));
    }

    private Alert alertWithoutOutcomes() {
        Alert told = alert();
        return new Alert(
                told.rule(), told.trigger(), told.session(), told.resource(), Mode.OBSERVE, List.of(), stage.now);
    }

    private Alert alert() {
        stage.responder().respond(Stage.DETECTION, "one");
        return stage.outbox.alerts().getFirst();
    }
}
