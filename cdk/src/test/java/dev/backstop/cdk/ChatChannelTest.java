package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Amazon Q Developer's channel: what may be done from it, and what its buttons run. */
class ChatChannelTest {
    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        stack = Synthesized.home(Map.of("chatWorkspace", "T0123ABCD", "chatChannel", "C0123ABCD"));
    }

    @Test
    void theChatMayInvokeTheOnCallFunctionsAndNothingElse() {
        JsonNode channel = stack.only("AWS::Chatbot::SlackChannelConfiguration");
        assertEquals("T0123ABCD", channel.path("SlackWorkspaceId").asText());
        assertEquals(1, channel.path("GuardrailPolicies").size());
        assertTrue(
                channel.at("/GuardrailPolicies/0").asText().startsWith("OnCallPolicy"),
                "the default is AdministratorAccess: " + channel.path("GuardrailPolicies"));
        assertEquals(
                channel.path("GuardrailPolicies"),
                stack.named("AWS::IAM::Role", "RoleName", "backstop-chat").path("ManagedPolicyArns"));
        Map<String, JsonNode> actions = stack.ofType("AWS::Chatbot::CustomAction");
        assertEquals(4, actions.size());
        assertEquals(4, channel.path("CustomizationResourceArns").size(), "the channel shows those alone");
        for (JsonNode action : actions.values()) {
            String command = action.at("/Definition/CommandText").asText();
            String function = command.replaceFirst(".*--function-name ([a-z-]+):live .*", "$1");
            assertTrue(OnCallPolicy.FUNCTIONS.contains(function), command);
            assertTrue(command.contains("\"session\":\"$session\""), command);
        }
    }

    /** What CloudFormation's schema says of a button is checked by cfn-lint; what a notification holds, by nobody else. */
    @Test
    void aButtonPutsIntoItsCommandWhatANotificationHolds() throws IOException {
        Path golden =
                Path.of(System.getProperty("backstop.root"), "functions/src/test/resources/golden/chat/contained.json");
        JsonNode notification = Json.read(Files.readString(golden));
        for (JsonNode action : stack.ofType("AWS::Chatbot::CustomAction").values()) {
            String command = action.at("/Definition/CommandText").asText();
            assertTrue(command.contains(" --region us-east-1 "), command);
            JsonNode attachment = action.at("/Attachments/0");
            assertEquals("Custom", attachment.path("NotificationType").asText());
            JsonNode variables = attachment.path("Variables");
            assertTrue(
                    variables.has(attachment.at("/Criteria/0/VariableName").asText()),
                    "it shows where that has a value");
            Set<String> used = Pattern.compile("\\$(\\w+)")
                    .matcher(command)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            for (String name : used) {
                String path = variables.path(name).asText();
                assertTrue(path.startsWith("event.metadata.additionalContext."), path);
                JsonNode value =
                        notification.at(path.substring("event".length()).replace('.', '/'));
                assertTrue(value.isTextual(), () -> "no notification has " + path);
            }
        }
    }
}
