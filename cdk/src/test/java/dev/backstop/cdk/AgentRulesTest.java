package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.ActivityRule;
import dev.backstop.rules.BaselineRule;
import dev.backstop.rules.ComposedRule;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.HeartbeatRule;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import dev.backstop.rules.SessionRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.StackProps;

class AgentRulesTest {
    private static final RuleBook BOOK = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids());
    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        stack = Synthesized.home(Map.of());
    }

    static Stream<ComposedRule> rules() {
        return BOOK.composedFor(Synthesized.ACCOUNT).stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleIsDeployedAsItIsComposed(ComposedRule rule) {
        JsonNode deployed = rule("backstop-" + rule.definition().id());
        assertEquals(rule.pattern(), deployed.path("EventPattern"));
        assertTrue(Json.write(rule.pattern()).length() <= 2_048);
        assertEquals(
                rule.definition().readOnly() ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
                deployed.path("State").asText());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void itsTargetIsTheAliasWhichGetsRuleAndEvent(ComposedRule rule) {
        JsonNode targets = rule("backstop-" + rule.definition().id()).path("Targets");
        assertEquals(AgentRules.undoes(rule.definition().rule()) ? 2 : 1, targets.size());
        assertEquals(
                stack.alias("backstop-respond"), targets.path(0).path("Arn").asText());
        assertTrue(targets.path(0).path("DeadLetterConfig").path("Arn").asText().startsWith("Undelivered"));
        String template =
                targets.path(0).path("InputTransformer").path("InputTemplate").asText();
        JsonNode input = Json.read(template.replace("<aws.events.event.json>", "{\"id\":\"1\"}"));
        assertEquals("1", input.path("event").path("id").asText());
        assertEquals(rule.definition().rule(), Rule.of(input, "input"));
    }

    @Test
    void whatIsToBeUndoneIsToldTheBaselines() {
        List<String> undone = BOOK.definitions().stream()
                .filter(definition -> AgentRules.undoes(definition.rule()))
                .map(RuleDefinition::id)
                .toList();
        assertTrue(undone.containsAll(
                List.of("instance-resized", "security-group-opened-to-world", "security-group-rule-changed-to-world")));
        for (String id : undone) {
            JsonNode target = rule("backstop-" + id).path("Targets").path(1);
            assertEquals(stack.alias("backstop-baseline"), target.path("Arn").asText());
            assertEquals(
                    "{\"undoing\":true,\"event\":<aws.events.event.json>}",
                    target.path("InputTransformer").path("InputTemplate").asText());
        }
    }

    @Test
    void baselinesAreKeptOfWhatAnybodyChangesAndLookedAtWhenTheStackIsDeployed() {
        JsonNode changes = rule("backstop-baseline");
        assertEquals(BaselineRule.pattern(), changes.path("EventPattern"));
        assertEquals("ENABLED", changes.path("State").asText());
        assertEquals(
                List.of("CREATE_COMPLETE", "UPDATE_COMPLETE"),
                Json.values(rule("backstop-deployed"), "EventPattern.detail.status-details.status"));
        assertEquals(List.of("AWS::StackId"), Json.values(rule("backstop-deployed"), "EventPattern.detail.stack-id"));
        assertEquals(
                "rate(12 hours)",
                rule("backstop-survey").path("ScheduleExpression").asText());
        for (String name : List.of("backstop-deployed", "backstop-survey")) {
            JsonNode target = rule(name).path("Targets").path(0);
            assertEquals("{\"survey\":true}", target.path("Input").asText());
            assertEquals(stack.alias("backstop-baseline"), target.path("Arn").asText());
        }
    }

    @Test
    void besidesTheRulesOnlyTheFeedsAndTheScheduleAreRules() {
        assertEquals(
                BOOK.definitions().size()
                        + Set.of(
                                        "backstop-sessions",
                                        "backstop-activity",
                                        "backstop-sweep",
                                        "backstop-drill",
                                        "backstop-baseline",
                                        "backstop-events",
                                        "backstop-deployed",
                                        "backstop-survey",
                                        "backstop-heartbeat",
                                        "backstop-heartbeat-call")
                                .size(),
                stack.ofType("AWS::Events::Rule").size());
    }

    @Test
    void theSessionRuleSeesReadOnlyEvents() {
        JsonNode rule = rule("backstop-sessions");
        assertEquals(
                SessionRule.pattern(Configuration.DEFAULT.agents(), Synthesized.ACCOUNT), rule.path("EventPattern"));
        assertEquals(
                "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
                rule.path("State").asText());
    }

    @Test
    void theActivityRuleSeesEveryCallOfAgentsReadsIncluded() {
        JsonNode rule = rule("backstop-activity");
        assertEquals(
                ActivityRule.pattern(Configuration.DEFAULT.agents(), Synthesized.ACCOUNT), rule.path("EventPattern"));
        assertEquals(
                "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
                rule.path("State").asText());
        assertEquals(
                rule("backstop-sessions").path("Targets").path(0).path("Arn"),
                rule.path("Targets").path(0).path("Arn"));
    }

    @Test
    void theDeniesThatStandAreLookedAfterEveryHour() {
        JsonNode rule = rule("backstop-sweep");
        assertEquals("rate(1 hour)", rule.path("ScheduleExpression").asText());
        assertEquals(
                stack.alias("backstop-revoke"),
                rule.path("Targets").path(0).path("Arn").asText());
        assertEquals(
                "{\"sweep\":true}", rule.path("Targets").path(0).path("Input").asText());
    }

    @Test
    void theHeartbeatIsMadeEveryTenMinutesAndHeardByARuleOfItsOwn() {
        JsonNode call = rule("backstop-heartbeat-call");
        assertEquals("rate(10 minutes)", call.path("ScheduleExpression").asText());
        assertEquals(
                stack.alias("backstop-drill"),
                call.path("Targets").path(0).path("Arn").asText());
        assertEquals(
                "{\"heartbeat\":true}",
                call.path("Targets").path(0).path("Input").asText());
        JsonNode heard = rule("backstop-heartbeat");
        assertEquals(HeartbeatRule.pattern(Synthesized.ACCOUNT), heard.path("EventPattern"));
        JsonNode target = heard.path("Targets").path(0);
        assertEquals(stack.alias("backstop-respond"), target.path("Arn").asText());
        String template = target.at("/InputTransformer/InputTemplate").asText();
        assertEquals(Heartbeat.RULE, Rule.of(Json.read(template.replace("<aws.events.event.json>", "{}")), "input"));
    }

    @Test
    void onePermissionAndOneStatementAQueueCoverAllRules() {
        String anyRule = "arn:aws:events:us-east-1:123456789012:rule/backstop-*";
        var permissions = stack.ofType("AWS::Lambda::Permission").values();
        permissions.forEach(
                permission -> assertEquals(anyRule, permission.path("SourceArn").asText()));
        assertEquals(
                Set.of(
                        stack.alias("backstop-respond"),
                        stack.alias("backstop-revoke"),
                        stack.alias("backstop-drill"),
                        stack.alias("backstop-baseline")),
                permissions.stream()
                        .map(permission -> permission.path("FunctionName").asText())
                        .collect(Collectors.toSet()));
        assertEquals(4, permissions.size(), "one a function");
        for (String queue : List.of("Undelivered", "SessionFeedActivity")) {
            List<JsonNode> forRules = stack.ofType("AWS::SQS::QueuePolicy").entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(queue))
                    .flatMap(entry ->
                            Json.items(entry.getValue().path("PolicyDocument").path("Statement")).stream())
                    .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                    .toList();
            assertEquals(1, forRules.size(), queue);
            assertEquals(
                    anyRule,
                    forRules.getFirst().at("/Condition/ArnLike/aws:SourceArn").asText());
        }
    }

    @Test
    void twoHundredRulesStayUnderFourHundredResources() {
        List<RuleDefinition> catalogue = BOOK.definitions();
        assertTrue(catalogue.size() <= 200, "the catalogue has grown past this test: " + catalogue.size());
        List<RuleDefinition> many = IntStream.range(0, 200)
                .mapToObj(number -> copy(catalogue.get(number % catalogue.size()), number))
                .toList();
        RuleBook book = RuleBook.of(many, Configuration.DEFAULT);
        Synthesized large = Synthesized.of(new BackstopStack(
                Synthesized.app(Map.of()),
                "Large",
                StackProps.builder().build(),
                Configuration.DEFAULT,
                book,
                Synthesized.CODE));
        assertEquals(210, large.ofType("AWS::Events::Rule").size());
        assertEquals(4, large.ofType("AWS::Lambda::Permission").size());
        assertTrue(
                large.resources().size() < 400,
                "resources: " + large.resources().size());
        assertTrue(
                large.json().length() < 1_000_000,
                "a template holds 1 MB, this one " + large.json().length());
    }

    private static RuleDefinition copy(RuleDefinition original, int number) {
        Rule rule = original.rule();
        return new RuleDefinition(
                new Rule(
                        "copy-" + number,
                        rule.title(),
                        rule.why(),
                        rule.category(),
                        rule.severity(),
                        rule.responses(),
                        rule.remediation(),
                        rule.resourceType(),
                        rule.resourcePaths()),
                original.pattern(),
                original.readOnly(),
                original.references(),
                original.falsePositives(),
                original.file());
    }

    private static JsonNode rule(String name) {
        return stack.named("AWS::Events::Rule", "Name", name);
    }
}
