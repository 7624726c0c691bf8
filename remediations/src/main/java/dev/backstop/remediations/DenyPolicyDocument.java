package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * The policy that denies one session everything: one statement for each thing that tells the session from its
 * neighbours on the role, each limited to credentials issued before the cut-off, so that a later session of the same name
 * is not hit for ever.
 *
 * @param name of the inline policy; begins with {@link #PREFIX}
 * @param json the document, compact
 */
record DenyPolicyDocument(String name, String json) {
    static final String PREFIX = "BackstopRevoke-";

    /** Credentials minted while IAM still spreads the policy must not escape it. */
    private static final Duration PROPAGATION = Duration.ofMinutes(15);

    /** Source identity and session tag count only where their value is this session's own id. */
    static DenyPolicyDocument of(AgentSession session, Instant now) {
        String cutOff = cutOff(now).toString();
        ObjectNode document = Json.object();
        document.put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        if (session.principalId() != null) {
            deny(statements, "aws:userid", session.principalId(), cutOff);
        }
        if (session.id().equals(session.sourceIdentity())) {
            deny(statements, "aws:SourceIdentity", session.id(), cutOff);
        }
        if (session.ownerKnown() && !session.id().equals(session.principalId())) {
            deny(statements, "aws:PrincipalTag/agent-session", session.id(), cutOff);
        }
        return new DenyPolicyDocument(PREFIX + session.name(), Json.write(document));
    }

    static Instant cutOff(Instant now) {
        return now.plus(PROPAGATION).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Until when an existing document of this name denies newly issued credentials of the session. */
    Instant coversAsOf(String existing) {
        JsonNode statements = Json.read(existing).path("Statement");
        Instant earliest = Instant.MAX;
        for (JsonNode wanted : Json.read(json).path("Statement")) {
            Instant found = Instant.MIN;
            for (JsonNode statement : Json.items(statements)) {
                if (sameSession(wanted, statement)) {
                    found = cutOffOf(statement);
                }
            }
            earliest = found.isBefore(earliest) ? found : earliest;
        }
        return earliest;
    }

    private static boolean sameSession(JsonNode one, JsonNode other) {
        return one.path("Condition")
                .path("StringEquals")
                .equals(other.path("Condition").path("StringEquals"));
    }

    private static Instant cutOffOf(JsonNode statement) {
        try {
            return Instant.parse(statement
                    .path("Condition")
                    .path("DateLessThan")
                    .path("aws:TokenIssueTime")
                    .asText());
        } catch (DateTimeParseException _) {
            return Instant.MIN;
        }
    }

    private static void deny(ArrayNode statements, String key, String value, String cutOff) {
        ObjectNode statement = statements.addObject();
        statement.put("Effect", "Deny");
        statement.put("Action", "*");
        statement.put("Resource", "*");
        ObjectNode condition = statement.putObject("Condition");
        condition.putObject("StringEquals").put(key, value);
        condition.putObject("DateLessThan").put("aws:TokenIssueTime", cutOff);
    }
}
