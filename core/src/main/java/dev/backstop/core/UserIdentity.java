package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Who made a call, as <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">
 * CloudTrail's userIdentity element</a> says.
 *
 * @param type {@code AssumedRole}, {@code IAMUser}, {@code Root}, {@code AWSService} and so on
 * @param arn the caller's ARN; of a role session it is the STS ARN, which omits the role's path
 * @param principalId for a role session {@code AROA…:session-name}, which is {@code aws:userid} in policies
 * @param issuerArn the ARN of the role (or user) that issued the session, with its path
 * @param sourceIdentity set when the first role of a chain was assumed, and immutable from there on
 * @param issuedAt when the session's credentials were issued, {@code aws:TokenIssueTime}; null for other kinds of caller
 * @param invokedBy the AWS service that made the call on the caller's behalf
 */
public record UserIdentity(
        String type,
        @Nullable String arn,
        @Nullable String principalId,
        @Nullable String accessKeyId,
        @Nullable String issuerArn,
        @Nullable String sourceIdentity,
        @Nullable Instant issuedAt,
        @Nullable String invokedBy) {

    static UserIdentity of(JsonNode node) {
        JsonNode context = node.path("sessionContext");
        String type = Json.text(node, "type");
        return new UserIdentity(
                type == null ? "Unknown" : type,
                Json.text(node, "arn"),
                Json.text(node, "principalId"),
                Json.text(node, "accessKeyId"),
                Json.text(context.path("sessionIssuer"), "arn"),
                Json.text(context, "sourceIdentity"),
                issued(Json.text(context.path("attributes"), "creationDate")),
                Json.text(node, "invokedBy"));
    }

    /** Nothing but a check of kills needs it, so a date in another form spoils no record. */
    private static @Nullable Instant issued(@Nullable String creationDate) {
        try {
            return creationDate == null ? null : Instant.parse(creationDate);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    /** The role session name: what follows the colon of the principal id, or null for other kinds of caller. */
    public @Nullable String sessionName() {
        return principalId == null || !principalId.contains(":")
                ? null
                : principalId.substring(principalId.indexOf(':') + 1);
    }
}
