package dev.backstop.functions.sdk;

import dev.backstop.core.port.Watchers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.cloudtrail.model.TrailNotFoundException;
import software.amazon.awssdk.services.config.model.NoSuchConfigurationRecorderException;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Trails in CloudTrail, recorders in AWS Config, rules in EventBridge. */
public record SdkWatchers(SdkClients clients) implements Watchers {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of(
            "cloudtrail:DescribeTrails",
            "cloudtrail:GetTrailStatus",
            "cloudtrail:StartLogging",
            "config:DescribeConfigurationRecorderStatus",
            "config:StartConfigurationRecorder",
            "events:DescribeRule",
            "events:EnableRule",
            "events:ListTargetsByRule",
            "events:PutRule");

    /** Those that {@link #trails} needs. */
    public static final Set<String> TRAIL_ACTIONS = Set.of("cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus");

    @Override
    public Optional<Boolean> watching(Kind kind, String name) {
        return switch (kind) {
            case TRAIL -> logging(name);
            case CONFIGURATION_RECORDER -> recording(name);
            case EVENT_RULE -> rule(name).map(rule -> rule.state() != RuleState.DISABLED);
        };
    }

    @Override
    public void start(Kind kind, String name) {
        switch (kind) {
            case TRAIL -> clients.cloudTrail().startLogging(request -> request.name(name));
            case CONFIGURATION_RECORDER ->
                clients.config().startConfigurationRecorder(request -> request.configurationRecorderName(name));
            case EVENT_RULE -> enable(name);
        }
    }

    @Override
    public Map<String, Boolean> trails() {
        return clients.cloudTrail().describeTrails(request -> request.includeShadowTrails(true)).trailList().stream()
                .collect(Collectors.toMap(
                        Trail::trailARN, trail -> logging(trail.trailARN()).orElse(false)));
    }

    @Override
    public Set<String> targets(String rule) {
        try {
            ListTargetsByRuleResponse response = clients.eventBridge().listTargetsByRule(request -> request.rule(rule));
            return response.targets().stream().map(Target::id).collect(Collectors.toUnmodifiableSet());
        } catch (ResourceNotFoundException _) {
            return Set.of();
        }
    }

    private Optional<Boolean> logging(String name) {
        try {
            return Optional.of(clients.cloudTrail()
                    .getTrailStatus(request -> request.name(name))
                    .isLogging());
        } catch (TrailNotFoundException _) {
            return Optional.empty();
        }
    }

    private Optional<Boolean> recording(String name) {
        try {
            return clients
                    .config()
                    .describeConfigurationRecorderStatus(request -> request.configurationRecorderNames(List.of(name)))
                    .configurationRecordersStatus()
                    .stream()
                    .findFirst()
                    .map(status -> Boolean.TRUE.equals(status.recording()));
        } catch (NoSuchConfigurationRecorderException _) {
            return Optional.empty();
        }
    }

    private Optional<DescribeRuleResponse> rule(String name) {
        try {
            return Optional.of(clients.eventBridge().describeRule(request -> request.name(name)));
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    /** EnableRule would not say which of the two enabled states it gives, and in one of them no read-only call comes. */
    private void enable(String name) {
        DescribeRuleResponse rule = clients.eventBridge().describeRule(request -> request.name(name));
        if (rule.eventPattern() == null) {
            clients.eventBridge().enableRule(request -> request.name(name));
            return;
        }
        clients.eventBridge().putRule(request -> request.name(name)
                .eventPattern(rule.eventPattern())
                .description(rule.description())
                .roleArn(rule.roleArn())
                .state(RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS));
    }
}
