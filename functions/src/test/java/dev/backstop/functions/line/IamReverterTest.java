package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Outliving;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.IamReverts.Request;
import dev.backstop.core.port.Roles.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was done to IAM, from the detection to the only function that may write it. */
class IamReverterTest {
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final Rule CHANGED =
            Records.rule("role-policy-changed", "restore-role-permissions", Response.ALERT, Response.REVERT);

    private final Stage stage = new Stage();

    @BeforeEach
    void createRoles() {
        create("agent-deploy-role", "/");
        create("deployer", "/agents/");
        create("production-admin", "/");
    }

    @ParameterizedTest
    @CsvSource({
        "agent-deploy-role, APPLIED, false",
        "deployer,          APPLIED, false",
        "production-admin,  REFUSED, true",
        "nobody,            ALREADY_DONE, false"
    })
    void onlyRolesThatTheSelectorSelectsAreEdited(String role, Status status, boolean stillAttached) {
        Outcome outcome = respond(attached(role)).getFirst();
        assertEquals(status, outcome.status(), outcome::message);
        assertEquals(
                stillAttached, stage.aws.attachments().of(Holder.role(role)).contains(ADMIN));
        if (status == Status.REFUSED) {
            assertEquals("role production-admin is no agent role, and Backstop may edit no other", outcome.message());
            assertTrue(String.valueOf(outcome.command()).startsWith("aws iam detach-role-policy"));
        }
    }

    @Test
    void modeObserveChangesNothingAndSaysWhatItWouldDo() {
        stage.controls.set(Mode.OBSERVE);
        assertEquals(Status.OBSERVED, respond(attached("deployer")).getFirst().status());
        assertEquals(Set.of(ADMIN), stage.aws.attachments().of(Holder.role("deployer")));
    }

    @Test
    void aDuplicateChangesNothingTwice() {
        respond(attached("deployer"));
        stage.aws.attachments().attach(Holder.role("deployer"), ADMIN);
        respond(attached("deployer"));
        assertEquals(Set.of(ADMIN), stage.aws.attachments().of(Holder.role("deployer")), "a person's, later");
    }

    @Test
    void theFormerPolicyComesFromHistoryAndNotFromWhoeverAsks() {
        String document = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
        CloudTrailRecord record = Records.call(
                "iam", "DeleteRolePolicy", "{\"roleName\":\"deployer\",\"policyName\":\"inline\"}", "null");
        assertTrue(respond(record).getFirst().message().startsWith("prior state unknown"));
        PriorState before = new PriorState(
                Json.read("{\"rolePolicyList\":[{\"policyName\":\"inline\",\"policyDocument\":"
                        + Json.MAPPER.getNodeFactory().textNode(document) + "}]}"),
                record.eventTime().minusSeconds(60),
                "config");
        stage.history.capture(new Resource("AWS::IAM::Role", "deployer", "us-east-1", Records.ACCOUNT), before);
        Request request = new Request(finding(record, CHANGED), Mode.ENFORCE);
        Request travelled = Request.of(Json.read(Json.write(request.toJson())), "payload");
        assertEquals(Status.APPLIED, stage.reverter.revert(travelled).getFirst().status());
        assertEquals(Set.of("inline"), stage.aws.rolePolicies().names("deployer"));
    }

    @Test
    void aUserThatTheSessionCreatedHadNothingBefore() {
        stage.aws.users().create("ci-bot", "AIDA1");
        stage.aws.attachments().create(Holder.user("ci-bot"));
        stage.aws.attachments().attach(Holder.user("ci-bot"), ADMIN);
        Rule rule = Records.rule("user-policy-changed", "restore-user-permissions", Response.ALERT, Response.REVERT);
        CloudTrailRecord record = Records.call(
                "iam", "AttachUserPolicy", "{\"userName\":\"ci-bot\",\"policyArn\":\"" + ADMIN + "\"}", "null");
        Request request = new Request(finding(record, rule), Mode.ENFORCE);
        assertTrue(stage.reverter.revert(request).getFirst().message().startsWith("prior state unknown"));

        CloudTrailRecord created = Records.call("iam", "CreateUser", "{\"userName\":\"ci-bot\"}", "null");
        stage.timeline.keep("sess_a8f3b21c", List.of(TimelineEntry.of(created)));
        assertEquals(List.of(Outliving.of(created).orElseThrow()), stage.timeline.created("sess_a8f3b21c"));
        assertEquals(Status.APPLIED, stage.reverter.revert(request).getFirst().status());
        assertEquals(Set.of(), stage.aws.attachments().of(Holder.user("ci-bot")));
    }

    @Test
    void nothingButIamAndNoOtherAccountIsTouched() {
        Request groups = new Request(finding(Stage.CALL, Stage.OPENED), Mode.ENFORCE);
        assertEquals(Status.REFUSED, stage.reverter.revert(groups).getFirst().status());
        assertEquals(2, stage.aws.securityGroups().rules("sg-1").size());

        CloudTrailRecord elsewhere = CloudTrailRecord.of(
                Json.read(Json.write(attached("deployer").json()).replace(Records.ACCOUNT, "444455556666")), "test");
        Request other = new Request(finding(elsewhere, CHANGED), Mode.ENFORCE);
        assertEquals(Status.REFUSED, stage.reverter.revert(other).getFirst().status());
        assertEquals(Set.of(ADMIN), stage.aws.attachments().of(Holder.role("deployer")));
    }

    @Test
    void aFunctionThatDoesNotAnswerIsAFailureThatPeopleHearOf() {
        Line broken = new Line(
                _ -> stage.aws,
                stage.sessions,
                stage.timeline,
                stage.journal,
                stage.controls,
                stage.history,
                stage.revoker,
                _ -> {
                    throw new IllegalStateException("function error");
                },
                stage.restraints,
                stage.outbox,
                stage.outbox);
        Answer answer = new Responder(broken, AgentSelector.DEFAULT, stage.limits, stage, stage::pass)
                .respond(new Detection(CHANGED, attached("deployer")), "first");
        Outcome outcome = answer.outcomes().getFirst();
        assertEquals(Status.FAILED, outcome.status());
        assertEquals("what may write IAM did not answer: function error", outcome.message());
        assertEquals(1, stage.outbox.alerts().size());
    }

    private List<Outcome> respond(CloudTrailRecord record) {
        return stage.responder()
                .respond(new Detection(CHANGED, record), "first")
                .outcomes();
    }

    private void create(String name, String path) {
        stage.aws.roles().create(new Role("arn:aws:iam::" + Records.ACCOUNT + ":role" + path + name, "AROA" + name));
        stage.aws.rolePolicies().createRole(name);
        stage.aws.attachments().create(Holder.role(name));
        stage.aws.attachments().attach(Holder.role(name), ADMIN);
    }

    private static CloudTrailRecord attached(String role) {
        return Records.call(
                "iam", "AttachRolePolicy", "{\"roleName\":\"" + role + "\",\"policyArn\":\"" + ADMIN + "\"}", "null");
    }

    private static Finding finding(CloudTrailRecord record, Rule rule) {
        return Records.finding(rule, record);
    }
}
