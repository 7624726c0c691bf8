package dev.backstop.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * The agent roles in an app's templates that do not carry the agents' boundary, as far as a template can tell. It looks
 * at templates and not at constructs, because CDK's own ways to set a boundary for a whole app show only there.
 */
public final class UnboundedRoles {
    private UnboundedRoles() {}

    /**
     * One warning a role.
     *
     * @param synthesized what {@code app.synth()} returned
     * @param agents which roles are agents'
     */
    public static List<String> in(CloudAssembly synthesized, AgentSelector agents) {
        List<String> warnings = new ArrayList<>();
        for (CloudFormationStackArtifact stack : synthesized.getStacksRecursively()) {
            for (String role : named(template(stack), agents)) {
                warnings.add("warning: agent role " + role + " of stack " + stack.getStackName()
                        + " does not carry the agents' boundary, so that nothing caps what could be written into it: make"
                        + " it with AgentRole, or set its permissions boundary to AgentBoundary.deployed");
            }
        }
        return List.copyOf(warnings);
    }

    /** The logical ids of the roles in question in one template. */
    static List<String> named(JsonNode template, AgentSelector agents) {
        JsonNode resources = template.path("Resources");
        List<String> found = new ArrayList<>();
        resources.properties().forEach(entry -> {
            JsonNode properties = entry.getValue().path("Properties");
            if (entry.getValue().path("Type").asText().equals("AWS::IAM::Role")
                    && agents.selectsRole(arn(properties))
                    && !mayBeBounded(properties.path("PermissionsBoundary"), resources)) {
                found.add(entry.getKey());
            }
        });
        return found;
    }

    /** Of a name that is only known when it is deployed, the path still tells. */
    private static String arn(JsonNode role) {
        return "arn:aws:iam::123456789012:role" + role.path("Path").asText("/")
                + role.path("RoleName").asText("");
    }

    private static boolean mayBeBounded(JsonNode boundary, JsonNode resources) {
        JsonNode policy = resources.path(boundary.path("Ref").asText());
        if (!policy.isMissingNode()) {
            return policy.at("/Properties/ManagedPolicyName").asText().equals(AgentSelector.BOUNDARY_NAME);
        }
        String text = Json.write(boundary);
        // An import or a parameter names no policy: what it will be is not known here.
        return text.contains(":" + AgentSelector.BOUNDARY) || (!boundary.isMissingNode() && !text.contains(":policy/"));
    }

    private static JsonNode template(CloudFormationStackArtifact stack) {
        try {
            return Json.read(Files.readString(Path.of(stack.getTemplateFullPath())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
