package dev.backstop.cdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** One Lambda function of the guard, with its role, its logs, its alias, and somebody who hears when it fails. */
public final class GuardFunction extends Construct {
    static final String ALIAS = "live";

    private final String name;
    private final Function function;
    private final IFunction invoked;
    private final LogGroup logs;
    private @Nullable CfnPermission permission;

    /** @param aliased whether it is invoked through the alias {@code live}, where SnapStart works */
    public GuardFunction(Construct scope, String id, Definition definition, AlertTopic failures, boolean aliased) {
        this(scope, id, definition, new Failures(failures.arn(), failures.publishing()), aliased);
    }

    /** A function whose failures go elsewhere: the one that tells of the topic's messages must not add to them. */
    GuardFunction(Construct scope, String id, Definition definition, Failures failures, boolean aliased) {
        super(scope, id);
        name = definition.name();
        logs = LogGroup.Builder.create(this, "Logs")
                .logGroupName("/aws/lambda/" + definition.name())
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        function = Function.Builder.create(this, "Function")
                .functionName(definition.name())
                .description(definition.description())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(definition.handler())
                .code(Code.fromAsset(definition.code().toString()))
                .memorySize(definition.memoryMiB())
                .timeout(definition.timeout())
                .environment(definition.environment())
                .role(role(definition, failures))
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .snapStart(aliased ? SnapStartConf.ON_PUBLISHED_VERSIONS : null)
                .build();
        // It warns of SnapStart without a published version, and there is one.
        Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
        invoked = aliased
                ? Alias.Builder.create(this, "Live")
                        .aliasName(ALIAS)
                        .version(function.getCurrentVersion())
                        .build()
                : function;
        // These settings hold for one qualifier: on $LATEST they would do nothing for what comes through the alias.
        CfnEventInvokeConfig settings = CfnEventInvokeConfig.Builder.create(this, "WhenInvokedAsynchronously")
                .functionName(function.getFunctionName())
                .qualifier(aliased ? ALIAS : "$LATEST")
                .maximumRetryAttempts(2)
                .maximumEventAgeInSeconds(Duration.hours(6).toSeconds())
                .destinationConfig(CfnEventInvokeConfig.DestinationConfigProperty.builder()
                        .onFailure(CfnEventInvokeConfig.OnFailureProperty.builder()
                                .destination(failures.arn())
                                .build())
                        .build())
                .build();
        settings.getNode().addDependency(invoked);
    }

    /** What a function is invoked by that is known by its name alone. */
    static String invocable(String name, boolean aliased) {
        return aliased ? name + ":" + ALIAS : name;
    }

    String name() {
        return name;
    }

    /** The function itself, for its metrics. */
    Function function() {
        return function;
    }

    /** Whose permissions it has. */
    IRole role() {
        return Objects.requireNonNull(function.getRole());
    }

    /** Where it writes what it did. */
    LogGroup logs() {
        return logs;
    }

    /** The ARN that rules, queues and people invoke: the alias's, where there is one. */
    String invokedArn() {
        return invoked.getFunctionArn();
    }

    /** Lets rules called {@code backstop-*} invoke it: one permission however many there are, since a policy is short. */
    CfnPermission open() {
        if (permission == null) {
            permission = CfnPermission.Builder.create(this, "MayInvoke")
                    .action("lambda:InvokeFunction")
                    .functionName(invokedArn())
                    .principal("events.amazonaws.com")
                    .sourceArn(AgentRules.anyArn())
                    .build();
        }
        return permission;
    }

    private Role role(Definition definition, Failures failures) {
        List<PolicyStatement> work = Grants.all(definition.permissions(), failures.permissions());
        PolicyStatement logging =
                Grants.allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(logs.getLogGroupArn()));
        return Role.Builder.create(this, "Role")
                .roleName(definition.name())
                .description("What the function " + definition.name() + " may do, and nothing else")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "logs",
                        PolicyDocument.Builder.create()
                                .statements(List.of(logging))
                                .build(),
                        "work",
                        PolicyDocument.Builder.create().statements(work).build()))
                .build();
    }

    /**
     * Where an event goes that a function gave up on.
     *
     * @param arn of a topic or a queue
     * @param permissions what it takes to send there
     */
    record Failures(String arn, List<PolicyStatement> permissions) {
        /** In a queue. */
        static Failures in(GuardQueue queue) {
            return new Failures(queue.arn(), List.of(Grants.allow(List.of("sqs:SendMessage"), List.of(queue.arn()))));
        }
    }

    /**
     * What makes one function differ from the others.
     *
     * @param name of the function, its role and, behind {@code /aws/lambda/}, its log group
     * @param handler {@code package.Class::method}
     * @param code the zip file
     * @param permissions what its role may do besides writing its logs and publishing to the alert topic
     */
    public record Definition(
            String name,
            String description,
            String handler,
            Path code,
            int memoryMiB,
            Duration timeout,
            Map<String, String> environment,
            List<PolicyStatement> permissions) {
        public Definition {
            environment = Map.copyOf(environment);
            permissions = List.copyOf(permissions);
        }
    }
}
