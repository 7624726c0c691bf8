package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Category;
import dev.backstop.core.Json;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MatchableCallsTest {
    @Test
    void noMatchingTestEventIsLost() {
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
        MatchableCalls calls = new MatchableCalls(book);
        for (RuleDefinition rule : book.definitions()) {
            for (Path file : TestEvents.matches(rule)) {
                JsonNode detail = TestEvents.read(file).path("detail");
                assertTrue(
                        calls.mayMatch(
                                detail.path("eventSource").asText(),
                                detail.path("eventName").asText(),
                                detail.hasNonNull("errorCode")),
                        file.toString());
            }
        }
    }

    @Test
    void aCallThatNoRuleNamesIsNone() {
        MatchableCalls calls =
                calls("{'eventSource': ['ec2.amazonaws.com'], 'eventName': ['RunInstances', {'prefix': 'Delete'}]}");
        assertTrue(calls.mayMatch("ec2.amazonaws.com", "RunInstances", false));
        assertTrue(calls.mayMatch("ec2.amazonaws.com", "DeleteVpc", false));
        assertFalse(calls.mayMatch("ec2.amazonaws.com", "DescribeInstances", false));
        assertFalse(calls.mayMatch("s3.amazonaws.com", "DeleteBucket", false));
        assertFalse(calls.mayMatch("ec2.amazonaws.com", "RunInstances", true), "a failed one changed nothing");
    }

    @Test
    void aRuleOverFailedCallsSeesThem() {
        assertTrue(calls("{'errorCode': [{'exists': true}], 'eventName': ['Run']}")
                .mayMatch("ec2.amazonaws.com", "Run", true));
    }

    @Test
    void aRuleThatNamesNoCallSeesAll() {
        assertTrue(calls("{'requestParameters': {'dryRun': [true]}}").mayMatch("any.amazonaws.com", "Any", false));
        assertTrue(calls("{'$or': [{'eventName': ['Run']}, {'requestParameters': {'dryRun': [true]}}]}")
                .mayMatch("any.amazonaws.com", "Any", false));
    }

    @Test
    void branchesOfOneRuleCount() {
        MatchableCalls calls = calls("{'eventSource': ['a.amazonaws.com'], '$or': [{'eventName': ['One']},"
                + " {'eventName': ['One', 'Two'], 'eventSource': ['b.amazonaws.com']}]}");
        assertTrue(calls.mayMatch("a.amazonaws.com", "One", false));
        assertTrue(calls.mayMatch("b.amazonaws.com", "Two", false));
        assertFalse(calls.mayMatch("a.amazonaws.com", "Two", false));
    }

    private static MatchableCalls calls(String detail) {
        Rule rule = new Rule(
                "a-rule",
                "A title",
                "A reason",
                Category.COST,
                Severity.LOW,
                Set.of(Response.ALERT),
                null,
                "AWS::EC2::Instance",
                List.of("requestParameters.id"));
        ObjectNode pattern = Json.object();
        pattern.putArray("source").add("aws.ec2");
        pattern.set("detail", Json.read(detail.replace('\'', '"')));
        RuleDefinition definition = new RuleDefinition(rule, pattern, false, List.of(), List.of(), "a-rule.yaml");
        return new MatchableCalls(RuleBook.of(List.of(definition), Configuration.DEFAULT));
    }
}
