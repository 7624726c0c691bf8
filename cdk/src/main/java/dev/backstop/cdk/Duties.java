package dev.backstop.cdk;

import dev.backstop.core.Remediation.Permission;
import dev.backstop.functions.line.DriftRules;
import dev.backstop.functions.sdk.CloudTrailCalls;
import dev.backstop.functions.sdk.ConfigEvaluations;
import dev.backstop.functions.sdk.ConfigHistory;
import dev.backstop.functions.sdk.DynamoApprovals;
import dev.backstop.functions.sdk.DynamoBaselines;
import dev.backstop.functions.sdk.DynamoBreaker;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.functions.sdk.DynamoForgedTags;
import dev.backstop.functions.sdk.DynamoIncidents;
import dev.backstop.functions.sdk.DynamoJournal;
import dev.backstop.functions.sdk.DynamoRevocations;
import dev.backstop.functions.sdk.DynamoSessionRegistry;
import dev.backstop.functions.sdk.DynamoTimeline;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.LambdaKillSwitch;
import dev.backstop.functions.sdk.SdkInventory;
import dev.backstop.functions.sdk.SdkRoles;
import dev.backstop.functions.sdk.SdkTags;
import dev.backstop.functions.sdk.SdkWatchers;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.Configuration.Deployment.Drift;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the functions may do that change no IAM. */
record Duties(Configuration configuration, RuleBook book, StateTable table) {
    List<PolicyStatement> responding() {
        Reach reach = Reach.of(configuration);
        return Grants.all(
                reach.declared(Stream.concat(Grants.declaredBy(book, false).stream(), ofDrift().stream())
                        .distinct()
                        .toList()),
                reach.declared(SdkTags.PERMISSIONS),
                reach.bounds(),
                watchesDrift() ? lookingForDrift() : List.of(),
                table.items(List.of(
                        DynamoSessionRegistry.ACTIONS,
                        DynamoTimeline.ACTIONS,
                        DynamoJournal.ACTIONS,
                        DynamoControls.READ_ACTIONS,
                        DynamoBaselines.READ_ACTIONS,
                        DynamoIncidents.COUNT_ACTIONS,
                        DynamoBreaker.ACTIONS,
                        DynamoForgedTags.READ_ACTIONS)),
                List.of(
                        Grants.allow(ConfigHistory.ACTIONS, List.of("*")),
                        invoking("backstop-revoke"),
                        tellingTheBus()));
    }

    List<PolicyStatement> watching(SessionFeed feed) {
        return Grants.all(
                sessions(table),
                table.items(List.of(DynamoJournal.ACTIONS, DynamoForgedTags.KEEP_ACTIONS)),
                new RoleEdits(configuration).of(SdkRoles.ACTIONS),
                List.of(invoking("backstop-revoke", "backstop-respond"), tellingTheBus(), feed.consuming()));
    }

    List<PolicyStatement> drilling() {
        return List.of(Canary.assuming(), invoking("backstop-revoke", "backstop-restore"), tellingTheBus());
    }

    List<PolicyStatement> seeing() {
        return Grants.all(
                table.items(List.of(DynamoBaselines.ACTIONS, watchesDrift() ? DynamoApprovals.ACTIONS : Set.of())),
                List.of(
                        Grants.allow(SdkInventory.ACTIONS, List.of("*")),
                        Reach.of(configuration)
                                .allow(
                                        SdkInventory.INSTANCE_ACTIONS,
                                        "arn:${Partition}:ec2:${Region}:${Account}:instance/*")),
                Reach.of(configuration).bounds(),
                // Of an approval by tag that it does not take.
                watchesDrift() ? List.of(tellingTheBus()) : List.of());
    }

    List<PolicyStatement> evaluating() {
        return Grants.all(
                table.items(List.of(DynamoApprovals.READ_ACTIONS)),
                List.of(Grants.allow(ConfigEvaluations.ACTIONS, List.of("*"))));
    }

    private static List<PolicyStatement> lookingForDrift() {
        return List.of(
                Grants.allow(SdkInventory.ACTIONS, List.of("*")),
                Grants.allow(CloudTrailCalls.ACTIONS, List.of("*")),
                LaterLook.consuming(),
                Grants.allow(SdkWatchers.TRAIL_ACTIONS, List.of("*")));
    }

    private boolean watchesDrift() {
        return configuration.deployment().drift() != Drift.OFF;
    }

    /** What putting back what people approved needs; the reads of the approvals respond has for its journal. */
    private List<Permission> ofDrift() {
        return DriftRules.remediations().stream()
                .filter(_ -> watchesDrift())
                .flatMap(id -> Remediations.named(id).stream())
                .flatMap(remediation -> remediation.permissions().stream())
                .toList();
    }

    private PolicyStatement invoking(String... functions) {
        return invoking(configuration, functions);
    }

    static PolicyStatement invoking(Configuration configuration, String... functions) {
        return Grants.allow(
                LambdaKillSwitch.ACTIONS,
                Stream.of(functions)
                        .map(function -> Grants.arn(
                                "lambda",
                                "function:"
                                        + GuardFunction.invocable(
                                                function,
                                                configuration.deployment().alias())))
                        .toList());
    }

    /** What is remembered of sessions. */
    static List<PolicyStatement> sessions(StateTable table) {
        return table.items(List.of(
                DynamoSessionRegistry.ACTIONS,
                DynamoTimeline.ACTIONS,
                DynamoRevocations.ACTIONS,
                DynamoIncidents.COUNT_ACTIONS));
    }

    static PolicyStatement tellingTheBus() {
        return PolicyStatement.Builder.create()
                .actions(List.copyOf(EventBridgeBus.ACTIONS))
                .resources(List.of(Grants.arn("events", "event-bus/default")))
                .conditions(Map.of("StringEquals", Map.of("events:source", EventBridgeBus.SOURCE)))
                .build();
    }
}
