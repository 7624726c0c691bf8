package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Backstop says of days on which agents do their work, and of people and look-alikes who do what agents may not. */
final class OrdinaryWorkTest {
    private static final Path SESSIONS = Path.of(System.getProperty("backstop.root"), "test-events", "sessions");
    private static final List<String> HONEST = List.of(
            "terraform-preview", "cdk-deployments", "serverless-iteration", "debugging-an-outage", "a-quiet-day");

    @Test
    void ordinaryWorkWakesNobodyAndIsMostlySilent() throws IOException {
        List<String> records = new ArrayList<>();
        for (String name : HONEST) {
            records.addAll(Files.readAllLines(SESSIONS.resolve(name + ".jsonl")));
        }
        assertTrue(records.size() >= 1_500, records.size() + " records");

        List<JsonNode> alerts = Run.with(String.join("\n", records), "replay", "--json", "-").lines().stream()
                .map(Json::read)
                .filter(finding -> !finding.path("severity").asText().equals("info"))
                .toList();

        List<String> pages = alerts.stream()
                .filter(finding -> finding.path("severity").asText().equals("critical"))
                .map(JsonNode::toString)
                .toList();
        assertEquals(List.of(), pages);
        assertTrue(alerts.size() <= 5, alerts.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
        assertTrue(
                alerts.stream().noneMatch(finding -> Json.write(finding.path("response"))
                        .contains("revoke")),
                "nobody is stopped");
    }

    static Stream<String> others() {
        return Stream.of(
                // A user called like the role.
                """
                {"type":"IAMUser","principalId":"AIDA4EXAMPLE","userName":"agent-deploy-role","accountId":"111122223333",
                 "arn":"arn:aws:iam::111122223333:user/agent-deploy-role","accessKeyId":"AKIAEXAMPLE000000001"}""",
                // A role whose name only contains an agent role's.
                """
                {"type":"AssumedRole","principalId":"AROA4EXAMPLE:dana","accountId":"111122223333",
                 "arn":"arn:aws:sts::111122223333:assumed-role/not-agent-deploy-role/dana","accessKeyId":"ASIAEXAMPLE01",
                 "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA4EXAMPLE","userName":"not-agent-deploy-role",
                 "arn":"arn:aws:iam::111122223333:role/not-agent-deploy-role","accountId":"111122223333"}}}""",
                // A person in another role who took a session's name.
                """
                {"type":"AssumedRole","principalId":"AROA4EXAMPLE:sess_d41f7be2","accountId":"111122223333",
                 "arn":"arn:aws:sts::111122223333:assumed-role/ops/sess_d41f7be2","accessKeyId":"ASIAEXAMPLE02",
                 "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA4EXAMPLE","userName":"ops",
                 "arn":"arn:aws:iam::111122223333:role/ops","accountId":"111122223333"}}}""");
    }

    @ParameterizedTest
    @MethodSource("others")
    void peopleAndLookAlikesAreNotTheAgents(String identity) throws IOException {
        List<String> records = new ArrayList<>();
        for (String name : List.of("terraform-destroy", "terraform-preview", "a-working-day")) {
            for (String line : Files.readAllLines(SESSIONS.resolve(name + ".jsonl"))) {
                ObjectNode event = (ObjectNode) Json.read(line);
                ObjectNode detail = (ObjectNode) event.path("detail");
                if (!detail.path("eventSource").asText().equals("sts.amazonaws.com")) {
                    detail.set("userIdentity", Json.read(identity));
                    records.add(Json.write(event));
                }
            }
        }

        assertEquals(
                List.of(),
                Run.with(String.join("\n", records), "replay", "--json", "-").lines());
    }
}
