package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.BackstopApp.Home;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.rules.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

class BackstopAppTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alertEmail | oncall | expected one e-mail address",
                "alertEmail | 7 | expected a string",
                "trail | maybe | expected one of [existing, create]",
                "alias | perhaps | expected true or false",
                "allowedTcpPorts | https | expected TCP ports",
                "rulesDir | nowhere | names a folder that is not there",
                "regions | frankfurt | expected the code of a Region, such as eu-central-1, not frankfurt",
                "regions | eu-west-1,eu-west-2,eu-west-1 | names eu-west-1 twice",
                "regions | us-east-1 | names us-east-1, the home Region",
                "agentRoles | back | selects Backstop's own roles",
                "alertMail | oncall@example.com | is not a key of Backstop"
            })
    void aWrongContextIsOneClearError(String key, String value, String expected) {
        Object typed = value.equals("7") ? 7 : value;
        App app = Synthesized.app(Map.of(key, typed));
        BadInputException error = assertThrows(
                BadInputException.class,
                () -> BackstopApp.build(app, new Home(null, Synthesized.REGION), Synthesized.CODE));
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("cdk.json: context." + key + ": " + expected), message);
    }

    @Test
    void aUsersOwnRulesAreDeployedAsTheCataloguesAre(@TempDir Path folder) throws IOException {
        Path catalogue = Path.of(System.getProperty("backstop.root"), "rules", "catalog");
        String rule = Files.readString(catalogue.resolve("bucket-deleted.yaml"));
        Files.writeString(folder.resolve("bucket-gone.yaml"), rule.replace("id: bucket-deleted", "id: bucket-gone"));
        Files.writeString(folder.resolve("bucket-deleted.yaml"), rule.replaceAll("title: .*", "title: Ours"));
        Synthesized stack = Synthesized.of(build(Map.of("rulesDir", folder.toString()), Synthesized.REGION));
        assertTrue(Json.write(stack.named("AWS::Events::Rule", "Name", "backstop-bucket-gone"))
                .contains("DeleteBucket"));
        assertTrue(Json.write(stack.named("AWS::Events::Rule", "Name", "backstop-bucket-deleted"))
                .contains("Ours"));
    }

    @Test
    void codeThatIsNotBuiltIsOneClearError(@TempDir Path empty) {
        BadInputException error = assertThrows(BadInputException.class, () -> FunctionCode.in(empty));
        assertTrue(String.valueOf(error.getMessage()).contains("mvn -DskipTests -pl functions -am package"));
    }

    @Test
    void nobodyToAlertIsALoudWarning() {
        Stack quiet = build(Map.of(), Synthesized.REGION);
        Annotations.fromStack(quiet).hasWarning("*", Match.stringLikeRegexp("Nobody will hear.*alertEmail.*"));
        Stack heard = build(Map.of("alertEmail", "oncall@example.com"), Synthesized.REGION);
        assertEquals(List.of(), Annotations.fromStack(heard).findWarning("*", Match.anyValue()));
    }

    @Test
    void aBusThatIsTooSmallForTheCatalogueIsALoudWarning() {
        Map<String, Object> heard = Map.of("alertEmail", "oncall@example.com");
        Annotations.fromStack(build(heard, "eu-south-1"))
                .hasWarning("*", Match.stringLikeRegexp("A bus in eu-south-1 takes 100 rules.*"));
        Stack wide = build(heard, "eu-west-1");
        assertEquals(List.of(), Annotations.fromStack(wide).findWarning("*", Match.stringLikeRegexp("A bus in.*")));
    }

    /** As a file, for that is what CloudFormation measures; with room for a selector of several roles. */
    @Test
    void theTemplatesAreFarFromTheMegabyteThatCloudFormationTakes() throws IOException {
        Stack stack = build(Map.of("agentRoles", "agents/,agent-,bot-,automation/"), "eu-west-1");
        App app = (App) stack.getNode().getRoot();
        for (var synthesized : app.synth().getStacks()) {
            long size = Files.size(Path.of(synthesized.getTemplateFullPath()));
            assertTrue(size < 800_000, synthesized.getStackName() + ": " + size);
        }
    }

    @Test
    void cdkJsonHoldsTheDefaults() throws java.io.IOException {
        Path file = Path.of(System.getProperty("backstop.root"), "cdk.json");
        JsonNode context = Json.read(Files.readString(file)).path("context");
        assertEquals(Configuration.DEFAULT, Configuration.of(context, "cdk.json"));
        assertEquals(
                Configuration.keys(),
                Configuration.keys().stream().filter(context::has).collect(java.util.stream.Collectors.toSet()));
    }

    static Stack build(Map<String, Object> context, @org.jspecify.annotations.Nullable String region) {
        return BackstopApp.build(
                Synthesized.app(context), new Home(Synthesized.ACCOUNT.id(), region), Synthesized.CODE);
    }
}
