package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.functions.line.TagApproval;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.Configuration.Deployment.Drift;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.config.CfnConfigRule;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * Drift, seen by AWS Config: two rules that compare with what people approved, and some of AWS's own; what breaks one goes to
 * the respond function.
 */
public final class DriftDetection extends Construct {
    private static final String GROUP = "AWS::EC2::SecurityGroup";
    private static final String INSTANCE = "AWS::EC2::Instance";

    private final @Nullable IDependable recorder;

    public DriftDetection(
            Construct scope, String id, Configuration configuration, GuardFunctions functions, GuardQueue undelivered) {
        super(scope, id);
        recorder = configuration.deployment().drift() == Drift.CREATE
                ? new ConfigRecorder(this, "Recorder").recorder()
                : null;
        GuardFunction evaluate = functions.evaluate();
        CfnPermission permission = CfnPermission.Builder.create(this, "ConfigMayInvoke")
                .action("lambda:InvokeFunction")
                .functionName(evaluate.invokedArn())
                .principal("config.amazonaws.com")
                .sourceAccount(Aws.ACCOUNT_ID)
                .build();
        own("security-group-baseline", "Groups are as people approved them", GROUP, evaluate, permission);
        own("instance-baseline", "Instances are as people approved them", INSTANCE, evaluate, permission);
        awsOwn(configuration);
        events(configuration, functions, undelivered);
    }

    private void own(String name, String description, String type, GuardFunction evaluate, CfnPermission permission) {
        CfnConfigRule rule = CfnConfigRule.Builder.create(this, name)
                .configRuleName(AgentRules.PREFIX + name)
                .description(description)
                .scope(scope(type))
                .source(CfnConfigRule.SourceProperty.builder()
                        .owner("CUSTOM_LAMBDA")
                        .sourceIdentifier(evaluate.invokedArn())
                        .sourceDetails(List.of(
                                detail("ConfigurationItemChangeNotification"),
                                detail("OversizedConfigurationItemChangeNotification")))
                        .build())
                .build();
        rule.getNode().addDependency(permission);
        afterRecorder(rule);
    }

    /** See <a href="https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html">them</a>. */
    private void awsOwn(Configuration configuration) {
        String ports =
                configuration.allowedTcpPorts().stream().map(String::valueOf).collect(Collectors.joining(","));
        managed(
                "desired-instance-type",
                "DESIRED_INSTANCE_TYPE",
                INSTANCE,
                Map.of("instanceType", String.join(",", configuration.allowedInstanceTypes())));
        managed(
                "open-ports",
                "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS",
                GROUP,
                ports.isEmpty() ? Map.of() : Map.of("authorizedTcpPorts", ports));
        managed("metadata-v2", "EC2_IMDSV2_CHECK", INSTANCE, Map.of());
        managed("bucket-public-read", "S3_BUCKET_PUBLIC_READ_PROHIBITED", "AWS::S3::Bucket", Map.of());
        managed("bucket-public-write", "S3_BUCKET_PUBLIC_WRITE_PROHIBITED", "AWS::S3::Bucket", Map.of());
        managed("database-public", "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "AWS::RDS::DBInstance", Map.of());
        managed("trail-enabled", "CLOUD_TRAIL_ENABLED", null, Map.of());
    }

    private void managed(String name, String identifier, @Nullable String type, Map<String, String> parameters) {
        CfnConfigRule rule = CfnConfigRule.Builder.create(this, name)
                .configRuleName(AgentRules.PREFIX + name)
                .description("AWS's own rule " + identifier)
                .scope(type == null ? null : scope(type))
                .inputParameters(parameters.isEmpty() ? null : parameters)
                .source(CfnConfigRule.SourceProperty.builder()
                        .owner("AWS")
                        .sourceIdentifier(identifier)
                        .build())
                .build();
        afterRecorder(rule);
    }

    /**
     * What breaks a rule of ours, and what kept to one of AWS's and does not any more: on what never did, every deployment
     * would else alert. Config tells changes of compliance only, so an hourly look finds what changes once more.
     */
    private void events(Configuration configuration, GuardFunctions functions, GuardQueue undelivered) {
        String respond = functions.respond().invokedArn();
        GuardQueue later = new LaterLook(this, "LaterLook", functions.respond(), undelivered).queue();
        // The function reads afresh, and is told by what, as the rules of AWS Config are.
        ObjectNode allowed = Json.object();
        allowed.set("instanceTypes", Json.MAPPER.valueToTree(configuration.allowedInstanceTypes()));
        allowed.set("tcpPorts", Json.MAPPER.valueToTree(configuration.allowedTcpPorts()));
        String asAllowed = "{\"drift\":<aws.events.event.json>,\"allowed\":" + Json.write(allowed) + "}";
        Map<String, Object> broken = Map.of("complianceType", List.of("NON_COMPLIANT"));
        drift(
                "drift",
                "Something is not as people approved it",
                Map.of(
                        "configRuleName",
                        List.of("backstop-security-group-baseline", "backstop-instance-baseline"),
                        "newEvaluationResult",
                        broken),
                "{\"drift\":<aws.events.event.json>}",
                respond,
                undelivered);
        drift(
                "config-rules",
                "Something does not keep to a rule of AWS Config any more",
                anyMore(
                        broken,
                        "backstop-desired-instance-type",
                        "backstop-open-ports",
                        "backstop-metadata-v2",
                        "backstop-trail-enabled"),
                asAllowed,
                respond,
                undelivered);
        // Whose call it was decides here, and CloudTrail's event history, which says so, is behind.
        drift(
                "config-rules-later",
                "A bucket or a database does not keep to a rule of AWS Config any more",
                anyMore(
                        broken,
                        "backstop-bucket-public-read",
                        "backstop-bucket-public-write",
                        "backstop-database-public"),
                asAllowed,
                later.arn(),
                undelivered);
        CfnRule sweep = CfnRule.Builder.create(this, "Sweep")
                .name(AgentRules.PREFIX + "drift-sweep")
                .description("Looks whether everything is as people approved it")
                .scheduleExpression("rate(1 hour)")
                .targets(List.of(AgentRules.target("respond", respond, undelivered)
                        .input("{\"drift\":\"sweep\"}")
                        .build()))
                .build();
        sweep.getNode().addDependency(undelivered);
        CfnRule approved = CfnRule.Builder.create(this, "Approved")
                .name(AgentRules.PREFIX + "approved")
                .description("Somebody sets or takes away the tag by which people approve")
                .eventPattern(Map.of(
                        "source", List.of("aws.ec2"),
                        "detail-type", List.of("AWS API Call via CloudTrail"),
                        "detail",
                                Map.of(
                                        "eventName",
                                        List.of("CreateTags", "DeleteTags"),
                                        "errorCode",
                                        List.of(Map.of("exists", false)),
                                        "requestParameters",
                                        Map.of("tagSet", Map.of("items", Map.of("key", List.of(TagApproval.TAG)))))))
                .targets(List.of(
                        AgentRules.target("baseline", functions.baseline().invokedArn(), undelivered)
                                .build()))
                .build();
        approved.getNode().addDependency(undelivered);
    }

    private static Map<String, Object> anyMore(Map<String, Object> broken, String... configRules) {
        return Map.of(
                "configRuleName",
                List.of(configRules),
                "newEvaluationResult",
                broken,
                "oldEvaluationResult",
                Map.of("complianceType", List.of("COMPLIANT")));
    }

    private void drift(
            String name,
            String description,
            Map<String, Object> detail,
            String input,
            String target,
            GuardQueue undelivered) {
        CfnRule rule = CfnRule.Builder.create(this, "On-" + name)
                .name(AgentRules.PREFIX + name)
                .description(description)
                .eventPattern(Map.of(
                        "source", List.of("aws.config"),
                        "detail-type", List.of("Config Rules Compliance Change"),
                        "detail", detail))
                .targets(List.of(AgentRules.target("respond", target, undelivered)
                        .inputTransformer(CfnRule.InputTransformerProperty.builder()
                                .inputTemplate(input)
                                .build())
                        .build()))
                .build();
        rule.getNode().addDependency(undelivered);
    }

    private void afterRecorder(CfnConfigRule rule) {
        if (recorder != null) {
            rule.getNode().addDependency(recorder);
        }
    }

    private static CfnConfigRule.ScopeProperty scope(String type) {
        return CfnConfigRule.ScopeProperty.builder()
                .complianceResourceTypes(List.of(type))
                .build();
    }

    private static CfnConfigRule.SourceDetailProperty detail(String messageType) {
        return CfnConfigRule.SourceDetailProperty.builder()
                .eventSource("aws.config")
                .messageType(messageType)
                .build();
    }
}
