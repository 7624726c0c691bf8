package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever rules match when an agent does it, they leave alone when somebody else does, or when it failed. */
class OthersTest {
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
    private static final List<PatternMatcher> MATCHERS = List.of(
            new PatternMatcher(BOOK, new Account("aws", "111122223333")), new PatternMatcher(BOOK, Account.ANY));

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("an IAM user called like the agents' role", """
                        {"type":"IAMUser","principalId":"AIDA4EXAMPLEUSER00001","accountId":"111122223333",
                         "arn":"arn:aws:iam::111122223333:user/agent-deploy-role","accessKeyId":"AKIA4EXAMPLEUSER0001",
                         "userName":"agent-deploy-role"}"""),
                Arguments.of("an IAM user under the agents' path", """
                        {"type":"IAMUser","principalId":"AIDA4EXAMPLEUSER00002","accountId":"111122223333",
                         "arn":"arn:aws:iam::111122223333:user/agents/deploy","accessKeyId":"AKIA4EXAMPLEUSER0002",
                         "userName":"deploy"}"""),
                Arguments.of("a role whose name only contains the agents'", role("my-agent-deploy-role", "build-4711")),
                Arguments.of("a role of people, called like the agents'", role("people/agent-deploy-role", "maria")),
                Arguments.of("a person with an agent's session name", role("people/developer", "sess_a8f3b21c")),
                Arguments.of("a person by source identity", role("developer", "maria", "maria@example.com")),
                Arguments.of("a source identity that only contains an agent's", role("ci", "x", "my_sess_a8f3b21c")),
                Arguments.of("the root user", """
                        {"type":"Root","principalId":"111122223333","accountId":"111122223333",
                         "arn":"arn:aws:iam::111122223333:root"}"""),
                Arguments.of("an AWS service", """
                        {"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}"""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void nobodyElseIsAFinding(String who, String identity) {
        JsonNode other = Json.read(identity);
        everyMatchingEvent((event, file) -> {
            ((ObjectNode) event.get("detail")).set("userIdentity", other);
            assertSilent(who, event, file);
        });
    }

    /** Failed calls changed nothing; they are findings only in a rule that is about failures. */
    @ParameterizedTest
    @MethodSource("failures")
    void aCallThatFailedIsNone(String errorCode) {
        List<String> aboutFailures = BOOK.definitions().stream()
                .filter(rule -> Json.write(rule.pattern()).contains("\"errorCode\""))
                .map(RuleDefinition::id)
                .toList();
        everyMatchingEvent((event, file) -> {
            ((ObjectNode) event.get("detail")).put("errorCode", errorCode).put("errorMessage", "refused");
            for (PatternMatcher matcher : MATCHERS) {
                List<String> found = ids(matcher, event);
                found = found.stream().filter(id -> !aboutFailures.contains(id)).toList();
                assertEquals(List.of(), found, errorCode + " in " + file);
            }
        });
    }

    static Stream<String> failures() {
        return Stream.of(
                "AccessDenied", "Client.UnauthorizedOperation", "Client.DryRunOperation", "ThrottlingException");
    }

    private static void everyMatchingEvent(Check check) {
        for (RuleDefinition rule : BOOK.definitions()) {
            TestEvents.matches(rule).forEach(file -> check.on(TestEvents.read(file), file));
        }
    }

    private static void assertSilent(String who, JsonNode event, Path file) {
        MATCHERS.forEach(matcher -> assertEquals(List.of(), ids(matcher, event), who + " in " + file));
    }

    private static List<String> ids(PatternMatcher matcher, JsonNode event) {
        return matcher.match(event).stream().map(RuleDefinition::id).toList();
    }

    private static String role(String path, String session) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return """
                {"type":"AssumedRole","principalId":"AROA4EXAMPLEOTHER0001:%3$s","accountId":"111122223333",
                 "arn":"arn:aws:sts::111122223333:assumed-role/%2$s/%3$s","accessKeyId":"ASIA4EXAMPLEOTHER001",
                 "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA4EXAMPLEOTHER0001",
                  "arn":"arn:aws:iam::111122223333:role/%1$s","accountId":"111122223333","userName":"%2$s"}}}""".formatted(path, name, session);
    }

    private static String role(String path, String session, String sourceIdentity) {
        return role(path, session)
                .replace("\"sessionContext\":{", "\"sessionContext\":{\"sourceIdentity\":\"" + sourceIdentity + "\",");
    }

    /** What is asked of an event that some rule matches. */
    private interface Check {
        void on(JsonNode event, Path file);
    }
}
