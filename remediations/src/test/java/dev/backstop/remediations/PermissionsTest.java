package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.iam.IamSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What remediations declare is as narrow as AWS's <a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/">service authorization reference</a> allows:
 * the actions exist, {@code *} stands only where there is no resource to name, and the resources that must be named are.
 */
class PermissionsTest {
    /** What the stack makes of the agent roles by default, in part. */
    private static final String AN_AGENT_ROLE = "arn:${Partition}:iam::${Account}:role/agents/*";

    static Stream<Permission> declared() {
        return Remediations.all().stream()
                .flatMap(remediation -> remediation.permissions().stream())
                .distinct()
                .sorted((one, other) -> one.toString().compareTo(other.toString()));
    }

    @ParameterizedTest
    @MethodSource("declared")
    void areAsNarrowAsTheReferenceAllows(Permission permission) throws IOException {
        Path data = IamSimulator.reference();
        JsonNode action = reference(data.resolve("actions"), permission.action());
        assertFalse(action.isMissingNode(), () -> permission + ": there is no such action");
        List<JsonNode> types = Json.items(action.path("resourceTypes"));
        if (types.isEmpty()) {
            assertEquals(Set.of("*"), permission.resources(), permission::toString);
            return;
        }
        Set<String> known = arns(data, permission, types, false);
        Set<String> named = permission.onAgentRoles() ? Set.of(AN_AGENT_ROLE) : permission.resources();
        assertTrue(
                named.stream().allMatch(resource -> known.stream().anyMatch(arn -> isWithin(arn, resource))),
                () -> permission + " names more than " + known);
        Set<String> needed = arns(data, permission, types, true);
        assertTrue(
                needed.stream().allMatch(arn -> named.stream().anyMatch(resource -> isWithin(arn, resource))),
                () -> permission + " lacks one of " + needed);
    }

    /** Whether every resource that a pattern names is one that the reference's ARN names: the same ones, or fewer. */
    private static boolean isWithin(String arn, String resource) {
        String covering = Stream.of(arn.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return resource.matches(covering);
    }

    @ParameterizedTest
    @MethodSource("declared")
    void conditionsAreOnKeysThatTheActionHas(Permission permission) throws IOException {
        JsonNode action = reference(IamSimulator.reference().resolve("actions"), permission.action());
        Set<String> keys = Stream.concat(
                        Json.values(action, "conditionKeys").stream(),
                        Json.values(action, "resourceTypes.conditionKeys").stream())
                .collect(Collectors.toSet());
        assertTrue(keys.containsAll(permission.conditions().keySet()), () -> permission + " of " + keys);
    }

    /** The ARNs of resource types, the part that names one of them left open. */
    private static Set<String> arns(Path data, Permission permission, List<JsonNode> types, boolean required)
            throws IOException {
        JsonNode all = service(data.resolve("resourceTypes"), permission.action());
        Set<String> arns = new TreeSet<>();
        for (JsonNode type : types) {
            if (!required || type.path("required").asBoolean()) {
                String arn = all.path(type.path("name").asText().toLowerCase(Locale.ROOT))
                        .path("arn")
                        .asText();
                arns.add(arn.replaceAll("\\$\\{(?!Partition|Region|Account)\\w+}", "*"));
            }
        }
        return arns;
    }

    private static JsonNode reference(Path folder, String action) throws IOException {
        String name = action.substring(action.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        return service(folder, action).path(name);
    }

    private static JsonNode service(Path folder, String action) throws IOException {
        return Json.read(Files.readString(folder.resolve(action.substring(0, action.indexOf(':')) + ".json")));
    }
}
