package dev.backstop.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What one session, or one resource that drifted, is up to, as one message of it shows: messages of one incident belong
 * together.
 *
 * @param id the same in all its messages and in no other incident's: {@code inc-} and hexadecimal digits
 * @param openedAt when its first finding came
 * @param findings how many there are so far, the one that the message is about included
 * @param summarised how many were only counted since the message before: those that got no message of their own
 * @param closing whether it is over, and this its last message
 */
public record Incident(String id, Instant openedAt, int findings, int summarised, boolean closing) {
    private static final int DIGITS = 10;

    public Incident {
        if (findings < 0 || summarised < 0 || summarised > findings) {
            throw new IllegalArgumentException("of " + findings + " findings " + summarised + " cannot be summarised");
        }
    }

    /**
     * An incident with its first finding.
     *
     * @param subject whom or what it is about: a session's id, or a resource's key
     */
    public static Incident opened(String subject, Instant at) {
        return new Incident(id(subject, at), at, 1, 0, false);
    }

    /** The id of the incident about a subject that was opened then. */
    public static String id(String subject, Instant openedAt) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((openedAt + "#" + subject).getBytes(StandardCharsets.UTF_8));
            return "inc-" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("openedAt", openedAt.toString());
        json.put("findings", findings);
        json.put("summarised", summarised);
        json.put("closing", closing);
        return json;
    }
}
