package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.Roles.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestorePermissionsTest {
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final String NEW = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final String OLD = NEW.replace("\"Action\":\"*\"", "\"Action\":\"s3:GetObject\"");
    private static final String HUMANS = NEW.replace("\"Action\":\"*\"", "\"Action\":\"s3:ListBucket\"");
    private static final String NOTHING =
            "{\"rolePolicyList\":[],\"attachedManagedPolicies\":[],\"userPolicyList\":[]}";
    private static final Holder ROLE = Holder.role("agent-deploy");
    private static final Holder USER = Holder.user("ci-bot");

    private final LocalAws aws = new LocalAws();

    @BeforeEach
    void create() {
        aws.roles().create(new Role("arn:aws:iam::111122223333:role/agent-deploy", "AROA1"));
        aws.rolePolicies().createRole("agent-deploy");
        aws.attachments().create(ROLE);
        aws.users().create("ci-bot", "AIDA1");
        aws.attachments().create(USER);
    }

    @Test
    void aPolicyThatARoleDidNotHaveIsRemoved() {
        aws.rolePolicies().put("agent-deploy", "inline", NEW);
        Step<?> step = Steps.only(put(NOTHING));
        Steps.undo(step, aws);
        assertEquals(Set.of(), aws.rolePolicies().names("agent-deploy"));
        assertEquals("aws iam delete-role-policy --role-name agent-deploy --policy-name inline", step.command());
    }

    @Test
    void aPolicyThatARoleHadGoesBackToWhatItSaid() {
        aws.rolePolicies().put("agent-deploy", "inline", NEW);
        Steps.undo(Steps.only(put(recorded("rolePolicyList", OLD))), aws);
        assertEquals(
                Optional.of(Json.read(OLD)),
                aws.rolePolicies().get("agent-deploy", "inline").map(Json::read));
    }

    @Test
    void aPolicyThatWasDeletedComesBack() {
        Step<?> step =
                Steps.only(role("DeleteRolePolicy", "\"policyName\":\"inline\"", recorded("rolePolicyList", OLD)));
        Steps.undo(step, aws);
        assertTrue(step.command().startsWith("aws iam put-role-policy --role-name agent-deploy"), step.command());
    }

    @Test
    void aPolicyThatSomebodyChangedSinceIsLeftAlone() {
        Step<?> step = Steps.only(put(recorded("rolePolicyList", OLD)));
        assertEquals("somebody removed the policy since", Steps.mustNot(step, aws));
        aws.rolePolicies().put("agent-deploy", "inline", HUMANS);
        assertEquals("somebody changed the policy since", Steps.mustNot(step, aws));
        aws.rolePolicies().put("agent-deploy", "inline", OLD);
        Steps.assertDone(step, aws);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary"})
    void withoutPriorStateThereIsNoGuess(String event) {
        assertTrue(Steps.refusal(role(event, "\"policyName\":\"inline\",\"policyDocument\":\"{}\"", null))
                .startsWith("prior state unknown"));
    }

    @Test
    void aDenyOfBackstopsOwnIsTheSweepsToPutBack() {
        String request = "\"policyName\":\"BackstopRevoke-sess_1\"";
        assertTrue(Steps.refusal(role("DeleteRolePolicy", request, NOTHING)).startsWith("BackstopRevoke-sess_1 was"));
    }

    @Test
    void aPolicyIsNotSafeByBeingCalledLikeADenyOfBackstops() {
        aws.rolePolicies().put("agent-deploy", "BackstopRevoke-sess_1", NEW);
        String request = inline(NEW).replace("inline", "BackstopRevoke-sess_1");
        Steps.undo(Steps.only(role("PutRolePolicy", request, NOTHING)), aws);
        assertEquals(Set.of(), aws.rolePolicies().names("agent-deploy"));
    }

    @Test
    void aPolicyThatTheCallAttachedIsDetachedEvenWherePriorStateIsUnknown() {
        aws.attachments().attach(ROLE, ADMIN);
        Step<?> step = Steps.only(role("AttachRolePolicy", "\"policyArn\":\"" + ADMIN + "\"", null));
        Steps.undo(step, aws);
        assertEquals("aws iam detach-role-policy --role-name agent-deploy --policy-arn " + ADMIN, step.command());
    }

    @Test
    void aPolicyThatWasAttachedBeforeStaysAttached() {
        aws.attachments().attach(ROLE, ADMIN);
        Steps.assertDone(Steps.only(role("AttachRolePolicy", "\"policyArn\":\"" + ADMIN + "\"", had(ADMIN))), aws);
        Steps.assertDone(Steps.only(user("AttachUserPolicy", "\"policyArn\":\"" + ADMIN + "\"", had(ADMIN))), aws);
    }

    @Test
    void aPolicyThatWasDetachedIsAttachedAgain() {
        Steps.undo(Steps.only(role("DetachRolePolicy", "\"policyArn\":\"" + ADMIN + "\"", null)), aws);
        assertEquals(Set.of(ADMIN), aws.attachments().of(ROLE));
    }

    @Test
    void aTrustPolicyIsForAPerson() {
        String encoded = URLEncoder.encode(OLD, StandardCharsets.UTF_8);
        String prior = Json.object().put("assumeRolePolicyDocument", encoded).toString();
        Step<?> step = Steps.only(role("UpdateAssumeRolePolicy", "\"policyDocument\":\"{}\"", prior));
        assertTrue(Steps.mustNot(step, aws).startsWith("Backstop changes no trust policy"));
        assertEquals(
                "aws iam update-assume-role-policy --role-name agent-deploy --policy-document '" + OLD + "'",
                step.command());
        aws.roles().trust("agent-deploy", OLD);
        Steps.assertDone(step, aws);
        assertFalse(new RestoreRolePermissions()
                .permissions().stream().anyMatch(granted -> granted.action().contains("AssumeRole")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"permissionsBoundaryArn":"arn:b"} | put-role-permissions-boundary --role-name agent-deploy --permissions-boundary arn:b
            null                               | delete-role-permissions-boundary --role-name agent-deploy
            """)
    void aBoundaryIsForAPerson(String boundary, String command) {
        String prior = "{\"permissionsBoundary\":" + boundary + "}";
        String why = Steps.refusal(role("DeleteRolePermissionsBoundary", "\"x\":1", prior));
        assertTrue(why.endsWith("aws iam " + command), why);
    }

    @Test
    void aUserLosesWhatTheCallGaveIt() {
        aws.users().putPolicy("ci-bot", "inline", NEW);
        aws.users().putPolicy("ci-bot", "humans", HUMANS);
        Steps.undo(Steps.only(user("PutUserPolicy", inline(NEW), NOTHING)), aws);
        assertEquals(Set.of("humans"), aws.users().policies("ci-bot"));

        aws.attachments().attach(USER, ADMIN);
        Steps.undo(Steps.only(user("AttachUserPolicy", "\"policyArn\":\"" + ADMIN + "\"", NOTHING)), aws);
        assertEquals(Set.of(), aws.attachments().of(USER));
    }

    @Test
    void aUsersPolicyThatSomebodyChangedSinceIsLeftAlone() {
        Step<?> step = Steps.only(user("PutUserPolicy", inline(NEW), NOTHING));
        Steps.assertDone(step, aws);
        aws.users().putPolicy("ci-bot", "inline", HUMANS);
        assertEquals("somebody changed the policy since", Steps.mustNot(step, aws));
    }

    @Test
    void aUserIsGivenNothing() {
        String why = Steps.refusal(user("PutUserPolicy", inline(NEW), recorded("userPolicyList", OLD)));
        assertTrue(why.contains("run: aws iam put-user-policy --user-name ci-bot --policy-name inline"), why);
        why = Steps.refusal(user("DeleteUserPolicy", "\"policyName\":\"inline\"", recorded("userPolicyList", OLD)));
        assertTrue(why.contains("run: aws iam put-user-policy"), why);
        why = Steps.refusal(user("DetachUserPolicy", "\"policyArn\":\"" + ADMIN + "\"", null));
        assertTrue(why.contains("run: aws iam attach-user-policy --user-name ci-bot --policy-arn " + ADMIN), why);
        why = Steps.refusal(user(
                "DeleteUserPermissionsBoundary",
                "\"x\":1",
                "{\"permissionsBoundary\":{\"permissionsBoundaryArn\":\"arn:b\"}}"));
        assertTrue(why.contains("put-user-permissions-boundary"), why);
        assertFalse(new RestoreUserPermissions()
                .permissions().stream().anyMatch(granted -> granted.action().matches("iam:(Put|Attach|Create).*")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AttachUserPolicy", "PutUserPolicy", "DeleteUserPolicy", "PutUserPermissionsBoundary"})
    void ofAUserNothingIsGuessed(String event) {
        String request = "\"policyName\":\"inline\",\"policyDocument\":\"{}\",\"policyArn\":\"" + ADMIN + "\"";
        assertTrue(Steps.refusal(user(event, request, null)).startsWith("prior state unknown"));
    }

    private static Plan put(@Nullable String prior) {
        return role("PutRolePolicy", inline(NEW), prior);
    }

    private static Plan role(String event, String request, @Nullable String prior) {
        return Steps.plan(
                new RestoreRolePermissions(),
                Records.call("iam", event, "{\"roleName\":\"agent-deploy\"," + request + "}", "null"),
                prior);
    }

    private static Plan user(String event, String request, @Nullable String prior) {
        return Steps.plan(
                new RestoreUserPermissions(),
                Records.call("iam", event, "{\"userName\":\"ci-bot\"," + request + "}", "null"),
                prior);
    }

    /** CloudTrail writes a document as the text that was sent. */
    private static String inline(String document) {
        String fields = Json.object()
                .put("policyName", "inline")
                .put("policyDocument", document)
                .toString();
        return fields.substring(1, fields.length() - 1);
    }

    /** AWS Config writes a document percent-encoded. */
    private static String recorded(String list, String document) {
        var recorded = Json.object();
        recorded.putArray(list)
                .addObject()
                .put("policyName", "inline")
                .put("policyDocument", URLEncoder.encode(document, StandardCharsets.UTF_8));
        return recorded.toString();
    }

    private static String had(String policyArn) {
        return "{\"attachedManagedPolicies\":[{\"policyName\":\"p\",\"policyArn\":\"" + policyArn + "\"}]}";
    }
}
