package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.core.Remediation;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.functions.sdk.DynamoBaselines;
import dev.backstop.functions.sdk.SdkAccessKeys;
import dev.backstop.functions.sdk.SdkAccountName;
import dev.backstop.functions.sdk.SdkInventory;
import dev.backstop.functions.sdk.SdkRolePolicies;
import dev.backstop.functions.sdk.SdkRoles;
import dev.backstop.functions.sdk.SdkTags;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardFunctionsTest {
    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        stack = Synthesized.home(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"respond", "revoke", "restore", "sessions", "baseline"})
    void aFunctionIsInvokedThroughAnAliasWhichHasTheSettings(String name) {
        String function = "backstop-" + name;
        JsonNode properties = stack.named("AWS::Lambda::Function", "FunctionName", function);
        assertEquals("java25", properties.path("Runtime").asText());
        assertEquals("arm64", properties.path("Architectures").path(0).asText());
        assertEquals("PublishedVersions", properties.at("/SnapStart/ApplyOn").asText());
        assertEquals("JSON", properties.at("/LoggingConfig/LogFormat").asText());
        String alias = stack.alias(function);
        String logicalId = stack.ofType("AWS::Lambda::Alias")
                .get(alias)
                .path("FunctionName")
                .asText();
        JsonNode settings = stack.named("AWS::Lambda::EventInvokeConfig", "FunctionName", logicalId);
        assertEquals("live", settings.path("Qualifier").asText());
        assertEquals(2, settings.path("MaximumRetryAttempts").asInt());
        assertEquals(
                topic(), settings.at("/DestinationConfig/OnFailure/Destination").asText());
        assertTrue(allowed(function).contains("sns:Publish"), "it must be able to report to its own destination");
        assertEquals(
                90,
                stack.named("AWS::Logs::LogGroup", "LogGroupName", "/aws/lambda/" + function)
                        .path("RetentionInDays")
                        .asInt());
    }

    @Test
    void handlersExist() throws ClassNotFoundException {
        for (JsonNode function : stack.ofType("AWS::Lambda::Function").values()) {
            String handler = function.path("Handler").asText();
            assertTrue(handler.endsWith("::handleRequest"), handler);
            Class.forName(handler.substring(0, handler.indexOf(':')));
        }
    }

    @Test
    void theEnvironmentSaysWhoTheAgentsAre() {
        JsonNode environment = stack.named("AWS::Lambda::Function", "FunctionName", "backstop-respond")
                .at("/Environment/Variables");
        assertEquals(
                AgentSelector.DEFAULT,
                AgentSelector.of(Json.read(environment.path("BACKSTOP_AGENTS").asText())));
        assertEquals(
                "backstop-revoke:live",
                environment.path("BACKSTOP_REVOKE_FUNCTION").asText());
        assertEquals(topic(), environment.path("BACKSTOP_TOPIC_ARN").asText());
    }

    @Test
    void respondMayDoWhatTheRemediationsOfRulesDeclareAndNothingElseToTheAccount() {
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids());
        Set<String> declared = Grants.inForce(book).stream()
                .filter(remediation -> !remediation.changesIam())
                .flatMap(remediation -> remediation.permissions().stream())
                .map(Permission::action)
                .collect(Collectors.toCollection(TreeSet::new));
        SdkTags.PERMISSIONS.stream().map(Permission::action).forEach(declared::add);
        declared.addAll(SdkAccountName.ACTIONS);
        Set<String> own = Set.of("dynamodb", "kms", "sns", "lambda", "events", "config", "logs");
        Set<String> toTheAccount = allowed("backstop-respond").stream()
                .filter(action -> declared.contains(action) || !own.contains(action.substring(0, action.indexOf(':'))))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(declared, toTheAccount);
        assertEquals(
                "arn:aws:lambda:us-east-1:123456789012:function:backstop-revoke:live",
                statement("backstop-respond", "lambda:InvokeFunction")
                        .path("Resource")
                        .asText());
        assertEquals(
                "backstop",
                statement("backstop-respond", "events:PutEvents")
                        .at("/Condition/StringEquals/events:source")
                        .asText());
    }

    @Test
    void baselineLooksAndChangesNothingOfTheAccount() {
        Set<String> looks = new TreeSet<>(SdkInventory.ACTIONS);
        looks.addAll(SdkInventory.INSTANCE_ACTIONS);
        Set<String> asks = new TreeSet<>(looks);
        asks.addAll(SdkAccountName.ACTIONS);
        assertEquals(
                asks,
                allowed("backstop-baseline").stream()
                        .filter(action -> !Set.of("dynamodb", "kms", "sns", "logs")
                                .contains(action.substring(0, action.indexOf(':'))))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(looks.stream().allMatch(action -> action.startsWith("ec2:Describe")), looks::toString);
        assertTrue(allowed("backstop-baseline").containsAll(DynamoBaselines.ACTIONS));
        assertTrue(allowed("backstop-respond").containsAll(DynamoBaselines.READ_ACTIONS));
    }

    /** It may not undo a revert itself, only have it undone by what made it. */
    @Test
    void restoreMayInvokeRespondAndNothingElse() {
        assertEquals(
                List.of("arn:aws:lambda:us-east-1:123456789012:function:backstop-respond:live"),
                Json.values(statement("backstop-restore", "lambda:InvokeFunction"), "Resource"));
        assertTrue(allowed("backstop-restore").stream().noneMatch(action -> action.startsWith("ec2:")));
    }

    @Test
    void onlyTheKillSwitchAndItsReleaseEditIamAndOnlyAgentRolesPolicies() {
        for (String function : List.of("backstop-revoke", "backstop-restore")) {
            JsonNode statement = statement(function, "iam:PutRolePolicy");
            assertEquals(
                    List.of("arn:aws:iam::123456789012:role/agent-*", "arn:aws:iam::123456789012:role/agents/*"),
                    Json.values(statement, "Resource"));
            assertEquals(SdkRolePolicies.ACTIONS, Set.copyOf(Json.values(statement, "Action")));
            assertEquals(
                    SdkAccessKeys.ACTIONS,
                    Set.copyOf(Json.values(statement(function, "iam:UpdateAccessKey"), "Action")));
        }
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids());
        Set<String> undone = Grants.inForce(book).stream()
                .filter(Remediation::changesIam)
                .flatMap(remediation -> remediation.permissions().stream())
                .map(Permission::action)
                .collect(Collectors.toCollection(TreeSet::new));
        List.of(SdkRolePolicies.ACTIONS, SdkRoles.ACTIONS, SdkAccessKeys.ACTIONS, SdkAccountName.ACTIONS)
                .forEach(undone::addAll);
        assertEquals(
                undone,
                allowed("backstop-revoke").stream()
                        .filter(action -> action.startsWith("iam:"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                List.of("arn:aws:iam::123456789012:role/agent-*", "arn:aws:iam::123456789012:role/agents/*"),
                Json.values(statement("backstop-revoke", "iam:AttachRolePolicy"), "Resource"));
        assertFalse(undone.contains("iam:UpdateAssumeRolePolicy"), "it would let anybody into any role");
        for (String function : List.of("backstop-respond", "backstop-sessions", "backstop-baseline")) {
            assertEquals(
                    Set.of(),
                    allowed(function).stream()
                            .filter(action -> action.startsWith("iam:")
                                    && !Set.of("iam:GetRole", "iam:ListAccountAliases")
                                            .contains(action))
                            .collect(Collectors.toSet()),
                    function);
        }
    }

    /** See <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>. */
    @ParameterizedTest
    @ValueSource(strings = {"respond", "revoke", "restore", "sessions", "baseline"})
    void whatAFunctionMayDoFitsIntoItsRole(String name) {
        int characters = stack.statements("backstop-" + name).stream()
                .mapToInt(statement -> Json.write(statement).length())
                .sum();
        assertTrue(characters < 10_000, characters + " of 10,240 characters, names of policies aside");
    }

    @Test
    void noRoleMayDoAnythingByWildcard() {
        for (JsonNode role : stack.ofType("AWS::IAM::Role").values()) {
            assertFalse(role.has("ManagedPolicyArns"), role.path("RoleName").asText());
            for (String action : allowed(role.path("RoleName").asText())) {
                assertFalse(action.contains("*"), action);
            }
        }
    }

    @Test
    void withoutAnAliasTheFunctionItselfIsInvoked() {
        Synthesized plain = Synthesized.home(Map.of("alias", "false"));
        assertTrue(plain.ofType("AWS::Lambda::Alias").isEmpty());
        assertTrue(plain.ofType("AWS::Lambda::Version").isEmpty());
        for (JsonNode function : plain.ofType("AWS::Lambda::Function").values()) {
            assertFalse(function.has("SnapStart"));
            assertEquals(
                    "backstop-revoke",
                    function.at("/Environment/Variables/BACKSTOP_REVOKE_FUNCTION")
                            .asText());
        }
        for (JsonNode settings : plain.ofType("AWS::Lambda::EventInvokeConfig").values()) {
            assertEquals("$LATEST", settings.path("Qualifier").asText());
        }
        plain.ofType("AWS::Lambda::Permission")
                .values()
                .forEach(permission -> assertTrue(
                        permission
                                .path("FunctionName")
                                .asText()
                                .matches("Functions(Respond|Revoke|Drill|Baseline)Function.*"),
                        permission::toString));
    }

    private static Set<String> allowed(String role) {
        return stack.statements(role).stream()
                .flatMap(statement -> Json.values(statement, "Action").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode statement(String role, String action) {
        return stack.statements(role).stream()
                .filter(statement -> Json.values(statement, "Action").contains(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError(role + " may not " + action));
    }

    private static String topic() {
        return stack.ofType("AWS::SNS::Topic").keySet().iterator().next();
    }
}
