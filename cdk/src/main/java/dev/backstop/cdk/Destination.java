package dev.backstop.cdk;

import dev.backstop.functions.message.Message;
import dev.backstop.functions.sdk.EventBridgeBus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.events.CfnApiDestination;
import software.amazon.awscdk.services.events.CfnConnection;
import software.amazon.awscdk.services.events.CfnConnection.ApiKeyAuthParametersProperty;
import software.amazon.awscdk.services.events.CfnConnection.AuthParametersProperty;
import software.amazon.awscdk.services.events.CfnConnection.ConnectionHttpParametersProperty;
import software.amazon.awscdk.services.events.CfnConnection.ParameterProperty;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * An address that EventBridge itself posts alerts to, by an <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html">API destination</a>: no code of ours
 * runs, and the secret is with the connection. It tries again for six hours on 429 and 5xx; what it gives up waits in a queue.
 */
final class Destination extends Construct {
    private final String name;
    private final CfnApiDestination destination;
    private final Role role;
    private final GuardQueue undelivered;

    /**
     * @param name of everything that is made here, behind {@code backstop-}
     * @param header the HTTP header that carries the secret
     * @param field where the secret goes in the body as well; null for nowhere
     */
    Destination(
            Construct scope,
            String id,
            String name,
            String address,
            String header,
            String secret,
            @Nullable String field,
            GuardQueue undelivered) {
        super(scope, id);
        this.name = AgentRules.PREFIX + name;
        this.undelivered = undelivered;
        String value = Secret.reference(secret);
        AuthParametersProperty.Builder parameters = AuthParametersProperty.builder()
                .apiKeyAuthParameters(ApiKeyAuthParametersProperty.builder()
                        .apiKeyName(header)
                        .apiKeyValue(value)
                        .build());
        if (field != null) {
            parameters.invocationHttpParameters(ConnectionHttpParametersProperty.builder()
                    .bodyParameters(List.of(ParameterProperty.builder()
                            .key(field)
                            .value(value)
                            .isValueSecret(true)
                            .build()))
                    .build());
        }
        CfnConnection connection = CfnConnection.Builder.create(this, "Connection")
                .name(this.name)
                .description("How Backstop is let in where it sends alerts")
                .authorizationType("API_KEY")
                .authParameters(parameters.build())
                .build();
        destination = CfnApiDestination.Builder.create(this, "Destination")
                .name(this.name)
                .description("Where Backstop's alerts are posted")
                .connectionArn(connection.getAttrArn())
                .httpMethod("POST")
                .invocationEndpoint(address)
                .invocationRateLimitPerSecond(10)
                .build();
        role = Role.Builder.create(this, "Role")
                .roleName(this.name)
                .description("Lets EventBridge post Backstop's alerts to " + name)
                .assumedBy(ServicePrincipal.Builder.create("events.amazonaws.com")
                        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                        .build())
                .inlinePolicies(Map.of(
                        "post",
                        PolicyDocument.Builder.create()
                                .statements(List.of(Grants.allow(
                                        List.of("events:InvokeApiDestination"), List.of(destination.getAttrArn()))))
                                .build()))
                .build();
    }

    /** Posts alerts whose detail is so; the whole event where no transformer makes something else of it. */
    void post(
            String id,
            String suffix,
            Map<String, Object> detail,
            CfnRule.@Nullable InputTransformerProperty transformer) {
        CfnRule.TargetProperty.Builder target = AgentRules.target("destination", destination.getAttrArn(), undelivered)
                .roleArn(role.getRoleArn());
        if (transformer != null) {
            target.inputTransformer(transformer);
        }
        CfnRule rule = CfnRule.Builder.create(this, id)
                .name(name + suffix)
                .description("Posts Backstop's alerts")
                .eventPattern(Map.of(
                        "source", List.of(EventBridgeBus.SOURCE),
                        "account", List.of(Aws.ACCOUNT_ID),
                        "detail-type", List.of(Message.DETAIL_TYPE),
                        "detail", detail))
                .targets(List.of(target.build()))
                .build();
        rule.getNode().addDependency(undelivered, role);
    }
}
