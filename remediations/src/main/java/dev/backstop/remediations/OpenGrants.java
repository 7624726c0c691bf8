package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Grant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Access control lists of buckets as CloudTrail and AWS Config write them. */
final class OpenGrants {
    private static final Map<String, Set<Grant>> CANNED = Map.of(
            "public-read", Set.of(new Grant(Grant.EVERYBODY, "READ")),
            "public-read-write", Set.of(new Grant(Grant.EVERYBODY, "READ"), new Grant(Grant.EVERYBODY, "WRITE")),
            "authenticated-read", Set.of(new Grant(Grant.AUTHENTICATED, "READ")));

    private static final Map<String, String> BY_HEADER = Map.of(
            "x-amz-grant-read", "READ",
            "x-amz-grant-write", "WRITE",
            "x-amz-grant-read-acp", "READ_ACP",
            "x-amz-grant-write-acp", "WRITE_ACP",
            "x-amz-grant-full-control", "FULL_CONTROL");

    private static final Map<String, String> RECORDED_PERMISSIONS = Map.of(
            "FullControl", "FULL_CONTROL",
            "Read", "READ",
            "Write", "WRITE",
            "ReadAcp", "READ_ACP",
            "WriteAcp", "WRITE_ACP");

    private static final Map<String, String> RECORDED_GROUPS = Map.of(
            "AllUsers", Grant.EVERYBODY,
            "AuthenticatedUsers", Grant.AUTHENTICATED,
            "LogDelivery", "http://acs.amazonaws.com/groups/s3/LogDelivery");

    private OpenGrants() {}

    /** What a request grants to people whom nobody knows, in any of its three dialects: canned, headers, a whole list. */
    static Set<Grant> of(JsonNode request) {
        Set<Grant> open = new HashSet<>();
        Json.values(request, "x-amz-acl").forEach(canned -> open.addAll(CANNED.getOrDefault(canned, Set.of())));
        BY_HEADER.forEach((header, permission) -> Stream.of(header, "accessControlList." + header)
                .flatMap(path -> Json.values(request, path).stream())
                .forEach(grantees -> Stream.of(Grant.EVERYBODY, Grant.AUTHENTICATED)
                        .filter(grantees::contains)
                        .forEach(group -> open.add(new Grant(group, permission)))));
        Json.items(request.path("AccessControlPolicy").path("AccessControlList").path("Grant"))
                .forEach(grant -> {
                    String group = grant.path("Grantee").path("URI").asText();
                    if (List.of(Grant.EVERYBODY, Grant.AUTHENTICATED).contains(group)) {
                        open.add(new Grant(group, grant.path("Permission").asText()));
                    }
                });
        return Set.copyOf(open);
    }

    /** The list that AWS Config recorded; empty where it has none, or one that holds what is not known here. */
    static Optional<Acl> recorded(JsonNode list) {
        String owner = Json.text(list.path("owner"), "id");
        Set<Grant> grants = new HashSet<>();
        for (JsonNode grant : Json.items(list.path("grantList"))) {
            JsonNode grantee = grant.path("grantee");
            String who = grantee.isTextual() ? RECORDED_GROUPS.get(grantee.asText()) : Json.text(grantee, "id");
            String permission =
                    RECORDED_PERMISSIONS.get(grant.path("permission").asText());
            if (who == null || permission == null) {
                return Optional.empty();
            }
            grants.add(new Grant(who, permission));
        }
        return owner == null || grants.isEmpty() ? Optional.empty() : Optional.of(new Acl(owner, grants));
    }
}
