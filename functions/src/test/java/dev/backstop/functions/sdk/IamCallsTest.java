package dev.backstop.functions.sdk;

import dev.backstop.core.Json;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.sdk.DeclaredCalls.Undone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** Of IAM: the steps make the calls that are declared, and no others. */
class IamCallsTest {
    private static final String ADMIN = "arn:aws:iam::123456789012:policy/admin";
    private static final String READ = "arn:aws:iam::123456789012:policy/read";
    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private static final String OTHER = POLICY.replace("\"Action\":\"*\"", "\"Action\":\"s3:ListBucket\"");
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
             "Principal":{"AWS":"arn:aws:iam::123456789012:root"}}]}""";

    private final SdkClients clients = MotoServer.fresh().clients();
    private final IamClient iam = clients.iam();

    @BeforeEach
    void create() {
        iam.createPolicy(request -> request.policyName("admin").policyDocument(POLICY));
        iam.createPolicy(request -> request.policyName("read").policyDocument(OTHER));
        iam.createRole(request -> request.roleName("agent-deploy").assumeRolePolicyDocument(TRUST));
        iam.attachRolePolicy(request -> request.roleName("agent-deploy").policyArn(ADMIN));
        iam.putRolePolicy(
                request -> request.roleName("agent-deploy").policyName("new").policyDocument(POLICY));
        iam.createUser(request -> request.userName("ci-bot"));
    }

    @Test
    void ofRoles() {
        String inline = "\"policyName\":\"new\",\"policyDocument\":" + text(POLICY);
        DeclaredCalls.hold(
                "restore-role-permissions",
                clients,
                role("AttachRolePolicy", "\"policyArn\":\"" + ADMIN + "\"", null),
                role("DetachRolePolicy", "\"policyArn\":\"" + READ + "\"", null),
                role("PutRolePolicy", inline, "{}"),
                role(
                        "DeleteRolePolicy",
                        "\"policyName\":\"old\"",
                        "{\"rolePolicyList\":[{\"policyName\":\"old\"," + "\"policyDocument\":" + text(OTHER) + "}]}"),
                role("UpdateAssumeRolePolicy", "\"x\":1", "{\"assumeRolePolicyDocument\":" + text(TRUST) + "}"));
    }

    @Test
    void ofUsers() {
        iam.attachUserPolicy(request -> request.userName("ci-bot").policyArn(ADMIN));
        iam.putUserPolicy(
                request -> request.userName("ci-bot").policyName("new").policyDocument(POLICY));
        DeclaredCalls.hold(
                "restore-user-permissions",
                clients,
                user("AttachUserPolicy", "\"policyArn\":\"" + ADMIN + "\"", "{}"),
                user("PutUserPolicy", "\"policyName\":\"new\",\"policyDocument\":" + text(POLICY), "{}"));
    }

    @Test
    void ofCredentials() {
        String key = iam.createAccessKey(request -> request.userName("ci-bot"))
                .accessKey()
                .accessKeyId();
        iam.createLoginProfile(request -> request.userName("ci-bot").password("correct horse battery staple"));
        DeclaredCalls.hold(
                "deactivate-created-access-key",
                clients,
                new Undone(
                        "iam",
                        "CreateAccessKey",
                        "{}",
                        "{\"accessKey\":{\"accessKeyId\":\"" + key + "\",\"userName\":\"ci-bot\"}}",
                        null));
        DeclaredCalls.hold(
                "delete-created-login-profile",
                clients,
                user("CreateLoginProfile", "\"passwordResetRequired\":false", null));
    }

    @Test
    void ofCreatedUsers() {
        for (String remediation : new String[] {"disable-created-user", "strip-created-user"}) {
            String name = "user-of-" + remediation;
            iam.createUser(request -> request.userName(name));
            iam.createAccessKey(request -> request.userName(name));
            iam.createLoginProfile(request -> request.userName(name).password("correct horse battery staple"));
            iam.attachUserPolicy(request -> request.userName(name).policyArn(ADMIN));
            iam.putUserPolicy(
                    request -> request.userName(name).policyName("new").policyDocument(POLICY));
            iam.createGroup(request -> request.groupName("admins-" + remediation));
            iam.addUserToGroup(request -> request.userName(name).groupName("admins-" + remediation));
            DeclaredCalls.hold(
                    remediation,
                    clients,
                    new Undone("iam", "CreateUser", "{\"userName\":\"" + name + "\"}", "null", null));
        }
    }

    private static Undone role(String event, String request, @Nullable String prior) {
        return new Undone("iam", event, "{\"roleName\":\"agent-deploy\"," + request + "}", "null", prior);
    }

    private static Undone user(String event, String request, @Nullable String prior) {
        return new Undone("iam", event, "{\"userName\":\"ci-bot\"," + request + "}", "null", prior);
    }

    private static String text(String document) {
        return Json.MAPPER.getNodeFactory().textNode(document).toString();
    }
}
