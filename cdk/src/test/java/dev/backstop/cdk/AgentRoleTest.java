package dev.backstop.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cdk.Calls.Caller;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.core.iam.IamRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the constructs make of their options, and what comes of it by an IAM evaluator that we did not write. */
class AgentRoleTest {
    private static final AgentRoleOptions VENDED =
            AgentRoleOptions.assumedBy(new ArnPrincipal("arn:aws:iam::123456789012:role/vending"));
    private static Synthesized stack;

    @BeforeAll
    static void synthesize() {
        Stack app = new Stack(Synthesized.app(Map.of()), "Roles");
        AgentRole.readOnly(app, "Reader", VENDED.named("reader"));
        AgentRole.readWrite(
                app,
                "Deployer",
                VENDED.named("deployer")
                        .onlyInRegions("eu-west-1", "eu-central-1")
                        .onlyInstanceTypes("t3.micro", "t4g.*")
                        .with(PolicyStatement.Builder.create()
                                .sid("OwnBucket")
                                .actions(List.of("s3:GetObject"))
                                .resources(List.of("arn:aws:s3:::own/*"))
                                .build()));
        AgentRole.limited(
                app,
                "Clerk",
                VENDED.named("clerk")
                        .with(Grants.allow(
                                List.of("dynamodb:PutItem"),
                                List.of("arn:aws:dynamodb:us-east-1:123456789012:table/orders"))));
        stack = Synthesized.of(app);
    }

    @Test
    void everyOneIsShortBoundedAndUnderThePath() {
        for (String name : List.of("reader", "deployer", "clerk")) {
            JsonNode role = role(name);
            assertEquals("/agents/", role.path("Path").asText());
            assertEquals(3_600, role.path("MaxSessionDuration").asInt());
            assertEquals(
                    "arn:aws:iam::123456789012:" + AgentSelector.BOUNDARY,
                    role.path("PermissionsBoundary").asText());
            assertTrue(AgentSelector.DEFAULT.selectsRole("arn:aws:iam::123456789012:role/agents/" + name));
        }
    }

    /** All inline policies of a role share 10,240 characters, and the denies of revoked sessions need them. */
    @Test
    void nothingIsInline() {
        assertEquals(Map.of(), stack.ofType("AWS::IAM::Policy"));
        stack.ofType("AWS::IAM::Role").values().forEach(role -> assertFalse(role.has("Policies")));
        stack.ofType("AWS::IAM::ManagedPolicy").values().forEach(policy -> {
            assertEquals("/agents/", policy.path("Path").asText());
            assertTrue(Json.write(policy.path("PolicyDocument")).length() < 6_144);
        });
    }

    @Test
    void theTwoRestOnAwssOwnPolicies() {
        assertEquals(
                List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"), Json.values(role("reader"), "ManagedPolicyArns"));
        assertEquals(
                List.of("arn:aws:iam::aws:policy/PowerUserAccess"), Json.values(role("deployer"), "ManagedPolicyArns"));
        assertFalse(role("clerk").has("ManagedPolicyArns"));
    }

    @Test
    void whoReadsReadsNoSecrets() {
        Calls.of("""
                denied  | secretsmanager:GetSecretValue | secret:web-1
                denied  | ssm:GetParameter              | parameter/web/password
                denied  | ssm:GetParametersByPath       | parameter/web
                allowed | secretsmanager:DescribeSecret | secret:web-1
                allowed | s3:GetObject                  | builds/app.zip
                """).judge(allowedEverythingBut("reader"));
        // The evaluator knows no parameter without an account, which is what AWS's public ones are.
        assertTrue(Json.write(policy("reader")).contains("arn:*:ssm:*:123456789012:parameter/*"));
    }

    @Test
    void whoDeploysStaysInItsRegionsAndInstanceTypes() {
        Calls.of("""
                allowed | ec2:RunInstances | arn:aws:ec2:eu-west-1:123456789012:instance/* | aws:RequestedRegion=eu-west-1; ec2:InstanceType=t3.micro
                allowed | ec2:RunInstances | arn:aws:ec2:eu-west-1:123456789012:instance/* | aws:RequestedRegion=eu-west-1; ec2:InstanceType=t4g.large
                denied  | ec2:RunInstances | arn:aws:ec2:eu-west-1:123456789012:instance/* | aws:RequestedRegion=eu-west-1; ec2:InstanceType=p5.48xlarge
                denied  | ec2:RunInstances | arn:aws:ec2:eu-west-1:123456789012:instance/* | aws:RequestedRegion=eu-west-1; ec2:InstanceType=t3.micro.x
                denied  | ec2:RunInstances | instance/* | aws:RequestedRegion=us-east-1; ec2:InstanceType=t3.micro
                allowed | ec2:RunInstances | arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1 | aws:RequestedRegion=eu-west-1
                allowed | ec2:ModifyInstanceAttribute | instance/i-1 | aws:RequestedRegion=eu-west-1; ec2:Attribute/InstanceType=t4g.nano
                denied  | ec2:ModifyInstanceAttribute | instance/i-1 | aws:RequestedRegion=eu-west-1; ec2:Attribute/InstanceType=p5.48xlarge
                allowed | ec2:ModifyInstanceAttribute | instance/i-1 | aws:RequestedRegion=eu-west-1; ec2:Attribute/SourceDestCheck=false
                denied  | ec2:CreateFleet  | fleet/* | aws:RequestedRegion=eu-west-1
                denied  | ec2:RequestSpotInstances | spot-instances-request/* | aws:RequestedRegion=eu-west-1
                denied  | s3:CreateBucket  | builds  | aws:RequestedRegion=us-east-1
                allowed | s3:CreateBucket  | builds  | aws:RequestedRegion=eu-central-1
                allowed | s3:ListAllMyBuckets | *    | aws:RequestedRegion=us-east-1
                allowed | iam:GetRole      | role/agents/web | aws:RequestedRegion=us-east-1
                allowed | iam:PassRole     | role/agents/web | aws:RequestedRegion=us-east-1
                allowed | sts:GetCallerIdentity | * | aws:RequestedRegion=us-east-1
                allowed | cloudfront:CreateInvalidation | arn:aws:cloudfront::123456789012:distribution/1 | aws:RequestedRegion=us-east-1
                denied  | sns:Publish      | arn:aws:sns:ap-south-1:123456789012:web | aws:RequestedRegion=ap-south-1
                """).judge(allowedEverythingBut("deployer"));
    }

    @Test
    void whoIsLimitedMayDoWhatItIsTold() {
        Caller clerk = new Caller("clerk", List.of(policy("clerk")), boundary());
        Calls.of("""
                allowed     | dynamodb:PutItem    | table/orders
                not allowed | dynamodb:DeleteItem | table/orders
                not allowed | s3:GetObject        | builds/app.zip
                """).judge(clerk);
        assertThrows(
                IllegalArgumentException.class,
                () -> AgentRole.limited(new Stack(Synthesized.app(Map.of()), "None"), "Idle", VENDED));
    }

    @Test
    void theirOwnStatementsAreAdded() {
        assertTrue(Json.write(policy("deployer")).contains("OwnBucket"), "the options' statements");
        Calls.of("""
                allowed     | s3:GetObject | own/1
                allowed     | iam:PassRole | role/agents/web
                not allowed | iam:PassRole | role/admin
                """).judge(new Caller("deployer", List.of(policy("deployer")), null).in("eu-west-1"));
    }

    private static Caller allowedEverythingBut(String name) {
        return new Caller(name, List.of(IamRequest.EVERYTHING, policy(name)), boundary());
    }

    private static JsonNode boundary() {
        return Synthesized.home(Map.of()).managedPolicy(AgentSelector.BOUNDARY_NAME);
    }

    private static JsonNode role(String name) {
        return stack.named("AWS::IAM::Role", "RoleName", name);
    }

    private static JsonNode policy(String name) {
        String id = stack.ofType("AWS::IAM::Role").entrySet().stream()
                .filter(role -> role.getValue().path("RoleName").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
        return stack.ofType("AWS::IAM::ManagedPolicy").values().stream()
                .filter(policy -> Json.values(policy, "Roles").contains(id))
                .findFirst()
                .orElseThrow()
                .path("PolicyDocument");
    }
}
