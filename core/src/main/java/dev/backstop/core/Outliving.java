package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a session created and that lives on, and lets somebody in, after the session is stopped.
 *
 * @param name of the user, role, instance profile or function it is or belongs to
 * @param keyId of an access key or service-specific credential; null for the other kinds
 */
public record Outliving(Kind kind, String name, @Nullable String keyId) {
    /** What it is, in the words of the calls that create it. */
    public enum Kind {
        ACCESS_KEY,
        SERVICE_CREDENTIAL,
        LOGIN_PROFILE,
        USER,
        ROLE,
        INSTANCE_PROFILE,
        FUNCTION_URL;

        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** What a call created, as its record says; empty for calls that create nothing of the sort, and for failed ones. */
    public static Optional<Outliving> of(CloudTrailRecord record) {
        if (record.errorCode() != null) {
            return Optional.empty();
        }
        JsonNode request = record.request();
        JsonNode response = record.response();
        return Optional.ofNullable(
                switch (record.call()) {
                    case "iam:CreateAccessKey" -> key(Kind.ACCESS_KEY, response.path("accessKey"), "accessKeyId");
                    case "iam:CreateServiceSpecificCredential" ->
                        key(
                                Kind.SERVICE_CREDENTIAL,
                                response.path("serviceSpecificCredential"),
                                "serviceSpecificCredentialId");
                    case "iam:CreateLoginProfile" -> named(Kind.LOGIN_PROFILE, Json.text(request, "userName"));
                    case "iam:CreateUser" -> named(Kind.USER, Json.text(request, "userName"));
                    case "iam:CreateRole" -> named(Kind.ROLE, Json.text(request, "roleName"));
                    case "iam:CreateInstanceProfile" ->
                        named(Kind.INSTANCE_PROFILE, Json.text(request, "instanceProfileName"));
                    case "lambda:CreateFunctionUrlConfig" ->
                        named(Kind.FUNCTION_URL, Json.text(request, "functionName"));
                    default -> null;
                });
    }

    /** {@code access key AKIA… of user eve}. */
    public String words() {
        return switch (kind) {
            case ACCESS_KEY, SERVICE_CREDENTIAL -> kind.words() + " " + keyId + " of user " + name;
            case LOGIN_PROFILE -> "login profile of user " + name;
            case FUNCTION_URL -> "URL of function " + name;
            case USER, ROLE, INSTANCE_PROFILE -> kind.words() + " " + name;
        };
    }

    /** The command by which a person can cut it off. */
    public String command() {
        return switch (kind) {
            case ACCESS_KEY ->
                Command.line(
                        "aws",
                        "iam",
                        "update-access-key",
                        "--status",
                        "Inactive",
                        "--user-name",
                        name,
                        "--access-key-id",
                        String.valueOf(keyId));
            case SERVICE_CREDENTIAL ->
                Command.line(
                        "aws",
                        "iam",
                        "update-service-specific-credential",
                        "--status",
                        "Inactive",
                        "--user-name",
                        name,
                        "--service-specific-credential-id",
                        String.valueOf(keyId));
            case LOGIN_PROFILE -> Command.line("aws", "iam", "delete-login-profile", "--user-name", name);
            case USER -> Command.line("aws", "iam", "list-access-keys", "--user-name", name);
            case ROLE -> Command.line("aws", "iam", "get-role", "--role-name", name);
            case INSTANCE_PROFILE ->
                Command.line("aws", "iam", "get-instance-profile", "--instance-profile-name", name);
            case FUNCTION_URL -> Command.line("aws", "lambda", "delete-function-url-config", "--function-name", name);
        };
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("kind", kind.name());
        json.put("name", name);
        json.put("keyId", keyId);
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Outliving of(JsonNode json) {
        return new Outliving(
                Kind.valueOf(json.path("kind").asText()), json.path("name").asText(), Json.text(json, "keyId"));
    }

    private static @Nullable Outliving key(Kind kind, JsonNode created, String id) {
        String user = Json.text(created, "userName");
        String key = Json.text(created, id);
        return user == null || key == null ? null : new Outliving(kind, user, key);
    }

    private static @Nullable Outliving named(Kind kind, @Nullable String name) {
        return name == null ? null : new Outliving(kind, name, null);
    }
}
