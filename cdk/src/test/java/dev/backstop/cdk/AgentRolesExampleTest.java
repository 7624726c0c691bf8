package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;

/** That the code in docs/agent-roles.md compiles, and does what the page says. */
class AgentRolesExampleTest {
    private static final Path ROOT = Path.of(System.getProperty("backstop.root"));
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void thePagesCodeIsTheExamples() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/agent-roles.md"));
        String example =
                squeezed(Files.readString(ROOT.resolve("cdk/src/test/java/dev/backstop/cdk/AgentRolesExample.java")));
        List<String> blocks =
                CODE.matcher(page).results().map(found -> found.group(1)).toList();
        assertEquals(3, blocks.size());
        for (String block : blocks) {
            assertTrue(example.contains(squeezed(block)), block);
        }
        assertTrue(
                page.contains("UnboundedRoles.in(app.synth(), AgentSelector.DEFAULT).forEach(System.err::println);"));
    }

    @Test
    void anAgentsStackIsDeployedWithItsOwnCredentialsAndCreatesNoRole() throws IOException {
        App app = Synthesized.app(Map.of());
        AgentRolesExample.Web web = new AgentRolesExample.Web(app);
        Path assembly = Path.of(app.synth().getDirectory());
        JsonNode stack =
                Json.read(Files.readString(assembly.resolve("manifest.json"))).at("/artifacts/by-agent-web/properties");
        assertTrue(stack.has("templateFile"), stack.toString());
        assertTrue(!stack.has("assumeRoleArn") && !stack.has("cloudFormationExecutionRoleArn"), stack.toString());
        assertTrue(
                stack.path("stackTemplateAssetObjectUrl").asText().startsWith("s3://cdk-agents-assets-"),
                stack.toString());
        Synthesized template = Synthesized.of(web);
        assertEquals(Map.of(), template.ofType("AWS::IAM::Role"));
        assertEquals(Map.of(), template.ofType("AWS::IAM::Policy"));
        assertEquals(
                "arn:aws:iam::123456789012:role/agents/web",
                template.only("AWS::Lambda::Function").path("Role").asText());
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
