package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.Routes;
import dev.backstop.core.Routes.Channel;
import dev.backstop.core.Severity;
import dev.backstop.core.Urgency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @Test
    void nothingConfiguredIsTheDefault() {
        assertEquals(
                List.of("agents/", "agent-"), Configuration.DEFAULT.agents().rolePrefixes());
        assertEquals(List.of(), Configuration.DEFAULT.allowedTcpPorts());
    }

    @Test
    void listsComeAsArraysOrAsTextWithCommas() {
        assertEquals(List.of(443, 80), of("{\"allowedTcpPorts\":[443,80]}").allowedTcpPorts());
        assertEquals(List.of(443, 80), of("{\"allowedTcpPorts\":\"443, 80\"}").allowedTcpPorts());
        assertEquals(List.of(443, 80), of("{\"allowedTcpPorts\":\"[443, 80]\"}").allowedTcpPorts());
        assertEquals(
                List.of("team/", "bot-"),
                of("{\"agentRoles\":\"[\\\"team/\\\", \\\"bot-\\\"]\"}")
                        .agents()
                        .rolePrefixes());
        assertEquals(
                List.of("t3.nano"), of("{\"allowedInstanceTypes\":\"t3.nano\"}").allowedInstanceTypes());
    }

    @Test
    void theLimitsOfReverts() {
        assertEquals(RevertLimits.DEFAULT, of("{}").reverts().limits());
        assertEquals(
                new RevertLimits(12, true),
                of("{\"revertsPerHour\":\"12\",\"stackChanges\":\"revert\"}")
                        .reverts()
                        .limits());
    }

    @Test
    void keysOfTheCdkAreNotOurs() {
        assertEquals(Configuration.DEFAULT, of("{\"@aws-cdk/core:x\":true,\"aws:cdk:y\":[],\"cli-telemetry\":false}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"allowedTcpPort\":[443]}       | context.allowedTcpPort: is not a key of Backstop",
                "{\"allowedTcpPorts\":[70000]}    | context.allowedTcpPorts: expected TCP ports",
                "{\"allowedTcpPorts\":\"https\"}  | context.allowedTcpPorts: expected TCP ports",
                "{\"allowedTcpPorts\":\"1,2,3,4,5,6\"} | context.allowedTcpPorts: holds 6 ports: 5 at most",
                "{\"allowedTcpPorts\":{}}         | context.allowedTcpPorts: expected a list",
                "{\"allowedInstanceTypes\":[]}    | context.allowedInstanceTypes: an empty list",
                "{\"allowedInstanceTypes\":[1]}   | context.allowedInstanceTypes: expected a list of strings",
                "{\"alertEmail\":5}               | context.alertEmail: expected a string",
                "{\"launchedInstances\":\"kill\"} | context.launchedInstances: expected one of [stop, isolate, terminate]",
                "{\"instanceRestart\":true}     | context.instanceRestart: expected a string",
                "{\"revertsPerHour\":0}          | context.revertsPerHour: expected a whole number from 1 to 1000, not 0",
                "{\"revertsPerHour\":\"many\"}   | context.revertsPerHour: expected a whole number",
                "{\"stackChanges\":\"ignore\"}   | context.stackChanges: expected one of [alert, revert]",
                "{\"trail\":\"maybe\"}            | context.trail: expected one of [existing, create]",
                "{\"agentRoles\":[\"agents/*\"]}    | context.agentRoles: expected the beginning of a role's path and name",
                "{\"agentRoles\":\"/agents/\"}      | context.agentRoles: expected the beginning",
                "{\"agentRoles\":\"role/agents/\"}  | context.agentRoles: expected the beginning",
                "{\"agentRoles\":\"arn:aws:iam::111122223333:role/x\"} | context.agentRoles: expected the beginning",
                "{\"agentRoles\":\"[agents/\"}      | context.agentRoles: begins like a JSON list and is none",
                "{\"agentSourceIdentities\":[\"sess_*\"]}  | context.agentSourceIdentities: expected the beginning",
                "{\"agentSessionNames\":[\"claude-\"]}     | context.agentSessionNames: expected a role's name, a slash",
                "{\"allowedInstanceTypes\":[\"t3.*\"]}     | context.allowedInstanceTypes: expected an EC2 instance type",
                "{\"allowedInstanceTypes\":\"T3.micro\"}   | context.allowedInstanceTypes: expected an EC2 instance type",
                "{\"allowedDatabaseClasses\":\"t3.micro\"} | context.allowedDatabaseClasses: expected an RDS instance class",
                "{\"alias\":[]}                  | context.alias: expected true or false, not []",
                "{\"alias\":null}                | context.alias: expected true or false, not null",
                "{\"alias\":\"perhaps\"}          | context.alias: expected true or false",
                "{\"requireBoundary\":\"agents\"} | context.requireBoundary: expected true or false",
                "{\"runbook\":\"docs/mine.md\"}    | context.runbook: expected an address that begins with https://",
                "{\"runbook\":\"https://x/#y\"}    | context.runbook: expected an address",
                "{\"agentRoles\":[],\"agentSourceIdentities\":[]} | agentRoles: with no selector",
                "{\"routes\":\"page\"}          | context.routes: expected a JSON object, not \"page\"",
                "{\"routes\":\"{page\"}         | context.routes: begins like a JSON object and is none",
                "{\"routes\":{\"severities\":{}}} | context.routes.severities: is not a key of routes; it knows severity and",
                "{\"routes\":{\"severity\":[]}} | context.routes.severity: expected a JSON object, not []",
                "{\"routes\":{\"severity\":{\"hihg\":\"page\"}}} | context.routes.severity: expected one of [info, low, medium,",
                "{\"routes\":{\"severity\":{\"high\":\"mail\"}}} | context.routes.severity.high: expected one of [record, notify, page], not mail",
                "{\"routes\":{\"severity\":{\"high\":[\"page\"]}}} | context.routes.severity.high: expected one of [record,",
                "{\"routes\":{\"channel\":{\"email\":[\"page\"]}}} | context.routes.channel: expected one of [slack, pagerduty,",
                "{\"routes\":{\"channel\":{\"security_hub\":[]}}} | expected one of [slack, pagerduty, https, security-hub], not",
                "{\"securityHub\":\"yes\"}       | context.securityHub: expected true or false",
                "{\"routes\":{\"channel\":{\"slack\":\"page\"}}} | context.routes.channel.slack: expected a list of notify and page",
                "{\"routes\":{\"channel\":{\"slack\":[\"record\"]}}} | context.routes.channel.slack: no channel hears of what is only",
                "{\"httpsEndpoint\":\"https://me:hush@x.org/\"} | context.httpsEndpoint: expected an address that begins with",
                "{\"pagerDutySecret\":\"0123456789abcdef0123456789abcdef\"} | context.pagerDutySecret: looks like an integration key",
                "[]                               | context: expected a JSON object"
            })
    void aWrongValueIsAnErrorThatNamesTheKey(String context, String error) {
        BadInputException thrown = assertThrows(BadInputException.class, () -> of(context));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("cdk.json: ") && message.contains(error.strip()), message);
        assertFalse(message.contains("hush") || message.contains("0123456789abcdef"), "a secret is told: " + message);
    }

    @Test
    void routesSayHowUrgentWhatIsAndWhoHearsOfIt() {
        String routes =
                "{\"severity\": {\"high\": \"page\", \"low\": \"record\"}, \"channel\": {\"slack\": [\"page\"], \"https\": []}}";
        Routes expected = new Routes(
                Map.of(Severity.HIGH, Urgency.PAGE, Severity.LOW, Urgency.RECORD),
                Map.of(Channel.SLACK, Set.of(Urgency.PAGE), Channel.HTTPS, Set.of()));

        assertEquals(expected, of("{\"routes\": " + routes + "}").routes());
        assertEquals(
                expected, of(Json.write(Json.object().put("routes", routes))).routes(), "by -c");
        assertEquals(Routes.DEFAULT, of("{}").routes());
    }

    private static Configuration of(String context) {
        return Configuration.of(Json.read(context), "cdk.json");
    }
}
