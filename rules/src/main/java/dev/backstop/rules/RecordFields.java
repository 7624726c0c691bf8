package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields at the top of a CloudTrail record; see <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">the
 * record contents</a>. A pattern that asks for another one matches nothing, and nobody would notice.
 */
final class RecordFields {
    private static final Set<String> KNOWN = Set.of(
            "addendum",
            "additionalEventData",
            "apiVersion",
            "awsRegion",
            "edgeDeviceDetails",
            "errorCode",
            "errorMessage",
            "eventCategory",
            "eventContext",
            "eventID",
            "eventName",
            "eventSource",
            "eventTime",
            "eventType",
            "eventVersion",
            "inScopeOf",
            "insightDetails",
            "managementEvent",
            "readOnly",
            "recipientAccountId",
            "requestID",
            "requestParameters",
            "resources",
            "responseElements",
            "serviceEventDetails",
            "sessionCredentialFromConsole",
            "sharedEventID",
            "sourceIPAddress",
            "tlsDetails",
            "userAgent",
            "userIdentity",
            "vpcEndpointAccountId",
            "vpcEndpointId");

    private RecordFields() {}

    /** The first key under {@code detail} that no CloudTrail record has; other events have fields of their own. */
    static Optional<String> unknownIn(ObjectNode pattern) {
        for (String type : Json.values(pattern, "detail-type")) {
            if (!type.endsWith(" via CloudTrail")) {
                return Optional.empty();
            }
        }
        return unknown(pattern.path("detail"));
    }

    /** Whether a dotted path can lead anywhere in a record. */
    static boolean isPath(String path) {
        return path.matches("[\\w-]+(\\.[\\w-]+)*") && KNOWN.contains(path.replaceFirst("\\..*", ""));
    }

    private static Optional<String> unknown(JsonNode node) {
        return node.properties().stream()
                .flatMap(entry -> entry.getKey().equals("$or")
                        ? entry.getValue().valueStream().flatMap(branch -> unknown(branch).stream())
                        : KNOWN.contains(entry.getKey()) ? Stream.empty() : Stream.of(entry.getKey()))
                .findFirst();
    }
}
