package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.functions.MotoServer;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sns.model.Topic;

/** The real CDK command with the repository's cdk.json, as a user runs it, on a local AWS. */
class DeployIT {
    private static final String CDK = "aws-cdk@2.1148.1";
    private static final Path ROOT = Path.of(System.getProperty("backstop.root"));

    @TempDir
    private Path scratch;

    @Test
    void deploysUpdatesAndLeavesNothing() throws IOException, InterruptedException {
        Tool npx = new Tool("npx").orSkip("install Node.js, which the CDK needs");
        MotoServer server = MotoServer.fresh();
        SdkClients aws = server.clients();
        boolean available = npx.run(ROOT, Map.of(), "-y", CDK, "--version").status() == 0;
        Assumptions.assumeTrue(available, "skipped: npx cannot get " + CDK);

        cdk(npx, server, "bootstrap", "aws://123456789012/eu-west-1", "aws://123456789012/us-east-1");
        String said = cdk(npx, server, deploy());
        assertTrue(said.contains("Confirm the subscription"), said);
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids());
        Set<String> expected = book.definitions().stream()
                .map(definition -> "backstop-" + definition.id())
                .collect(Collectors.toCollection(TreeSet::new));
        expected.addAll(Set.of("backstop-sessions", "backstop-activity", "backstop-sweep", "backstop-drill"));
        expected.add("backstop-events");
        expected.addAll(Set.of("backstop-baseline", "backstop-deployed", "backstop-survey"));
        expected.addAll(Set.of("backstop-heartbeat", "backstop-heartbeat-call"));
        assertEquals(expected, rules(aws));
        assertEquals(
                Set.of(
                        "backstop-respond",
                        "backstop-revoke",
                        "backstop-restore",
                        "backstop-sessions",
                        "backstop-drill",
                        "backstop-baseline"),
                functions(aws));
        assertEquals(List.of("backstop"), aws.dynamoDb().listTables().tableNames());
        assertEquals(1, topics(aws).size());
        assertFalse(patternOfOpenGroups(aws).contains("443"));

        cdk(npx, server, deploy("-c", "allowedTcpPorts=443"));
        assertTrue(patternOfOpenGroups(aws).contains("443"), "the update reached the rule");
        assertEquals(expected, rules(aws));

        // CloudFormation detaches a role's managed policies before it deletes the role; moto does not.
        aws.iam()
                .listAttachedRolePolicies(request -> request.roleName(Canary.NAME))
                .attachedPolicies()
                .forEach(attached -> aws.iam().detachRolePolicy(request -> request.roleName(Canary.NAME)
                        .policyArn(attached.policyArn())));
        cdk(npx, server, "destroy", "--all", "--force");
        assertEquals(Set.of(), rules(aws));
        assertEquals(Set.of(), functions(aws));
        assertEquals(List.of(), aws.dynamoDb().listTables().tableNames());
        assertEquals(List.of(), topics(aws));
    }

    private static String[] deploy(String... more) {
        Stream<String> always = Stream.of(
                "deploy",
                "--all",
                // Of the CDK command's ways to deploy, moto knows the one without change sets.
                "--method=direct",
                "--require-approval=never",
                "-c",
                "alias=false",
                "-c",
                "alertEmail=oncall@example.com");
        return Stream.concat(always, Stream.of(more)).toArray(String[]::new);
    }

    private String cdk(Tool npx, MotoServer server, String... arguments) throws IOException, InterruptedException {
        Stream<String> first = Stream.of("-y", CDK, "--ci", "--no-notices", "--output", scratch.toString());
        String[] all = Stream.concat(first, Stream.of(arguments)).toArray(String[]::new);
        Tool.Result result = npx.run(
                ROOT,
                Map.of(
                        "AWS_ENDPOINT_URL", server.endpoint().toString(),
                        // moto reads a template only from an address that says localhost.
                        "AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION",
                                "http://localhost:" + server.endpoint().getPort(),
                        "AWS_REGION", "eu-west-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"),
                all);
        assertEquals(0, result.status(), result.output());
        return result.output();
    }

    private static Set<String> rules(SdkClients aws) {
        Set<String> names = new TreeSet<>();
        String token = null;
        do {
            String next = token;
            ListRulesResponse page = aws.eventBridge().listRules(request -> request.nextToken(next));
            page.rules().forEach(rule -> names.add(rule.name()));
            token = page.nextToken();
        } while (token != null);
        return names;
    }

    private static Set<String> functions(SdkClients aws) {
        return aws.lambda().listFunctions().functions().stream()
                .map(FunctionConfiguration::functionName)
                .collect(Collectors.toSet());
    }

    private static List<Topic> topics(SdkClients aws) {
        return aws.sns().listTopics().topics();
    }

    private static String patternOfOpenGroups(SdkClients aws) {
        return aws.eventBridge()
                .describeRule(request -> request.name("backstop-security-group-opened-to-world"))
                .eventPattern();
    }
}
