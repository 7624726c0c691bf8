package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.functions.message.AlertText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource that is changed as often as it is reverted: an agent cannot spend the limit, another automation can. */
class FightTest {
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final Rule REVERTED = Records.rule(
            "security-group-opened-to-world", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);
    private static final String AGENT = Records.agent("sess_a8f3b21c");
    private static final String AUTOMATION = """
            {"type":"AssumedRole","principalId":"AROADEPLOY:run-7","accessKeyId":"ASIADEPLOY","accountId":"111122223333",
             "arn":"arn:aws:sts::111122223333:assumed-role/deploy-pipeline/run-7",
             "sessionContext":{"sessionIssuer":{"type":"Role",
              "arn":"arn:aws:iam::111122223333:role/deploy-pipeline"}}}""";

    private final Stage stage = new Stage();
    private int made;

    FightTest() {
        stage.aws.securityGroups().revokeIngress("sg-1", Set.of("sgr-agent"));
    }

    @Test
    void anAgentThatSpendsTheLimitAndThenOpensTheGroupIsStoppedAndTheGroupClosed() {
        spend(AGENT);
        assertEquals(List.of(), stage.revocations.all(), "the rule asks for the revert alone");

        List<Outcome> outcomes = open(REVERTED, AGENT);

        assertEquals(List.of(Status.APPLIED, Status.APPLIED), statuses(outcomes));
        assertTrue(
                outcomes.getFirst()
                        .step()
                        .endsWith("(a fight: sg-1 has been reverted 5 times for calls of this hour,"
                                + " so session sess_a8f3b21c was revoked before it was once more)"),
                outcomes.getFirst()::step);
        assertEquals(List.of("sgr-human"), rules());
        Revoked revoked = stage.revocations.all().getFirst();
        assertEquals("sess_a8f3b21c", revoked.session().id());
        assertEquals(
                "Title of security-group-opened-to-world, and sg-1 has been reverted 5 times for calls of this hour",
                revoked.reason());
        var page = stage.outbox.alerts().getLast();
        assertEquals(Urgency.PAGE, page.urgency());
        assertTrue(AlertText.body(page).contains("a fight: sg-1"), () -> AlertText.body(page));
        assertTrue(AlertText.subject(page).endsWith(": reverted, revoked"), () -> AlertText.subject(page));
    }

    @Test
    void whatItDidBeforeTheDenyHoldsIsUndoneAsWellAndPagesNobodyAgain() {
        spend(AGENT);
        open(REVERTED, AGENT);
        for (int i = 0; i < 20; i++) {
            List<Outcome> outcomes = open(REVERTED, AGENT);
            assertEquals(List.of(Status.APPLIED, Status.ALREADY_DONE), statuses(outcomes));
            assertTrue(outcomes.getFirst().step().contains("(still a fight: "), outcomes.getFirst()::step);
        }
        assertEquals(List.of("sgr-human"), rules());
        assertEquals(1, pages());
    }

    @Test
    void manyCallsAtOnceEachDeliveredTwiceLeaveNothingOpen() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Detection detection = new Detection(REVERTED, call(AGENT));
            calls.add(() -> answered(detection, "one"));
            calls.add(() -> answered(detection, "two"));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertFalse(answer.get().failed());
            }
        }
        assertEquals(List.of("sgr-human"), rules());
        assertEquals(1, stage.revocations.all().size());
        assertEquals(1, pages());
    }

    @Test
    void whereTheRuleAsksForTheKillItIsMadeOnce() {
        spend(AGENT);
        List<Outcome> outcomes = open(Stage.OPENED, AGENT);
        assertEquals(List.of(Status.APPLIED, Status.APPLIED), statuses(outcomes));
        assertEquals(List.of("sgr-human"), rules());
    }

    @Test
    void whatAnotherAutomationDoesIsLeftAndPages() {
        spend(AUTOMATION);
        List<Outcome> sixth = open(REVERTED, AUTOMATION);
        assertEquals(List.of(Status.REFUSED), statuses(sixth));
        assertTrue(
                sixth.getFirst().message().startsWith("a fight: sg-1 has been reverted 5 times"),
                sixth.getFirst()::message);
        assertTrue(String.valueOf(sixth.getFirst().command()).startsWith("aws ec2 revoke-security-group-ingress"));
        assertEquals(2, rules().size());
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(Urgency.NOTIFY, stage.outbox.alerts().getFirst().urgency());
        assertEquals(Urgency.PAGE, stage.outbox.alerts().getLast().urgency());
        assertTrue(open(REVERTED, AUTOMATION).getFirst().message().startsWith("still a fight: "));
        assertEquals(1, pages());
    }

    @Test
    void whoStartsEverNewSessionsHasSoManyStoppedAndIsThenLeft() {
        spend(AGENT);
        for (int i = 1; i <= 5; i++) {
            assertEquals(List.of(Status.APPLIED, Status.APPLIED), statuses(open(REVERTED, Records.agent("sess_" + i))));
        }
        List<Outcome> left = open(REVERTED, Records.agent("sess_6"));
        assertEquals(List.of(Status.REFUSED), statuses(left));
        assertTrue(left.getFirst().message().startsWith("a fight: "), left.getFirst()::message);
        assertEquals(5, stage.revocations.all().size());
        assertEquals(2, pages(), "for the first that was stopped, and for the first that is left");
        assertEquals(
                List.of(Status.APPLIED, Status.ALREADY_DONE),
                statuses(open(REVERTED, Records.agent("sess_1"))),
                "who was stopped gains nothing by the others");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTheKillFailsTheChangeIsLeftAndTheRetryDoesBoth(boolean answers) {
        spend(AGENT);
        KillSwitch broken = order -> {
            if (!answers) {
                throw new IllegalStateException("function error");
            }
            return List.of(Outcome.unchanged(
                    Status.FAILED, order.eventId(), order.rule(), Response.REVOKE, "deny", "Throttling", null));
        };
        Detection detection = new Detection(REVERTED, call(AGENT));
        Answer first = stage.responder(stage.aws, stage.outbox, broken).respond(detection, "one");
        assertTrue(first.failed(), "so that Lambda tries again");
        assertEquals(List.of(Status.REFUSED, Status.FAILED, Status.APPLIED), statuses(first.outcomes()));
        assertTrue(first.outcomes().getFirst().message().startsWith("a fight: "));
        assertEquals(Urgency.PAGE, stage.outbox.alerts().getLast().urgency());

        Answer byHand = stage.responder().respond(detection, "by hand");
        assertEquals(List.of(Status.APPLIED, Status.APPLIED, Status.APPLIED), statuses(byHand.outcomes()));
        assertEquals(List.of("sgr-human"), rules());
        assertTrue(stage.responder().respond(detection, "again").duplicate());
    }

    @Test
    void aSessionThatCannotBeRevokedIsLeftWithTheReason() {
        String chained = Records.agent("sess_chained").replace("role/agent-deploy-role", "role/data-reader");
        spend(chained);
        List<Outcome> outcomes = open(REVERTED, chained);
        assertEquals(List.of(Status.REFUSED, Status.REFUSED), statuses(outcomes));
        assertTrue(outcomes.getFirst().message().startsWith("a fight: "), outcomes.getFirst()::message);
        assertTrue(outcomes.getLast().message().contains("it is no agent role"), outcomes.getLast()::message);
        assertEquals(2, rules().size());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void onlyInModeEnforceIsAnythingStopped(Mode mode) {
        spend(AGENT);
        stage.controls.set(mode);
        List<Outcome> outcomes = open(REVERTED, AGENT);
        assertEquals(mode == Mode.ENFORCE ? 2 : 1, outcomes.size());
        assertEquals(
                mode == Mode.ENFORCE ? Status.APPLIED : Status.OBSERVED,
                outcomes.getFirst().status());
        assertEquals(mode == Mode.ENFORCE ? 1 : 0, stage.revocations.all().size());
    }

    @Test
    void whatATagExemptsStopsNobody() {
        spend(AGENT);
        stage.aws.tags().put("sg-1", Map.of("backstop:exempt", "2030-12-01"));
        assertEquals(List.of(Status.REFUSED), statuses(open(REVERTED, AGENT)));
        assertEquals(List.of(), stage.revocations.all());
        assertEquals(0, pages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "automation"})
    void inIamItIsTheSame(String who) {
        boolean agent = who.equals("agent");
        stage.aws.roles().create(new Role("arn:aws:iam::111122223333:role/agents/deployer", "AROADEPLOYER"));
        stage.aws.rolePolicies().createRole("deployer");
        stage.aws.attachments().create(Holder.role("deployer"));
        for (int i = 1; i <= 5; i++) {
            assertEquals(List.of(Status.APPLIED), statuses(attach(agent ? AGENT : AUTOMATION)));
        }
        List<Outcome> sixth = attach(agent ? AGENT : AUTOMATION);
        assertEquals(agent ? List.of(Status.APPLIED, Status.APPLIED) : List.of(Status.REFUSED), statuses(sixth));
        assertEquals(agent ? Set.of() : Set.of(ADMIN), stage.aws.attachments().of(Holder.role("deployer")));
        assertTrue(
                agent
                        ? sixth.getFirst().step().contains("(a fight: deployer has been reverted 5 times")
                        : sixth.getFirst().message().startsWith("a fight: deployer"),
                sixth::toString);
        assertEquals(Urgency.PAGE, stage.outbox.alerts().getLast().urgency());
    }

    private List<Outcome> attach(String caller) {
        stage.aws.attachments().attach(Holder.role("deployer"), ADMIN);
        CloudTrailRecord record = Records.call(
                "iam", "AttachRolePolicy", "{\"roleName\":\"deployer\",\"policyArn\":\"" + ADMIN + "\"}", "null");
        Rule rule = Records.rule("role-policy-changed", "restore-role-permissions", Response.ALERT, Response.REVERT);
        return respond(rule, by(caller, record));
    }

    private void spend(String caller) {
        for (int i = 1; i <= 5; i++) {
            assertEquals(List.of(Status.APPLIED), statuses(open(REVERTED, caller)));
        }
    }

    private List<Outcome> open(Rule rule, String caller) {
        return respond(rule, call(caller));
    }

    /** Without the alert. */
    private List<Outcome> respond(Rule rule, CloudTrailRecord record) {
        List<Outcome> outcomes = stage.responder()
                .respond(new Detection(rule, record), record.eventId())
                .outcomes();
        return outcomes.subList(0, outcomes.size() - 1);
    }

    /** As Lambda does with what another invocation is at: again, later. */
    private Answer answered(Detection detection, String invocation) {
        while (true) {
            try {
                return stage.responder().respond(detection, invocation);
            } catch (StillBusyException _) {
                Thread.onSpinWait();
            }
        }
    }

    /** One that has opened the group with a rule of its own. */
    private CloudTrailRecord call(String caller) {
        String id = "sgr-" + made;
        stage.aws.securityGroups().put(new GroupRule(id, "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", null));
        return by(caller, Records.authorized(Records.item(id, 443, "0.0.0.0/0")));
    }

    private CloudTrailRecord by(String caller, CloudTrailRecord record) {
        ObjectNode json = record.json().deepCopy();
        json.put("eventID", "e-" + made++);
        json.set("userIdentity", Json.read(caller));
        return CloudTrailRecord.of(json, "test");
    }

    private List<String> rules() {
        return stage.aws.securityGroups().rules("sg-1").stream()
                .map(GroupRule::ruleId)
                .sorted()
                .toList();
    }

    private long pages() {
        return stage.outbox.alerts().stream()
                .filter(alert -> alert.urgency() == Urgency.PAGE)
                .count();
    }

    private static List<Status> statuses(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::status).toList();
    }
}
