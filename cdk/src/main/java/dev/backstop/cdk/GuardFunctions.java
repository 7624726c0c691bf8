package dev.backstop.cdk;

import dev.backstop.cdk.GuardFunction.Definition;
import dev.backstop.core.Json;
import dev.backstop.core.Leniency;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.functions.line.DriftRules;
import dev.backstop.functions.line.Limits;
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
import dev.backstop.functions.sdk.SdkAccessKeys;
import dev.backstop.functions.sdk.SdkInventory;
import dev.backstop.functions.sdk.SdkRolePolicies;
import dev.backstop.functions.sdk.SdkRoles;
import dev.backstop.functions.sdk.SdkTags;
import dev.backstop.functions.sdk.SdkWatchers;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.Configuration.Deployment.Drift;
import dev.backstop.rules.RuleBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The functions of the guard; only revoke and restore may write IAM. */
public final class GuardFunctions extends Construct {
    /** Functions run briefly: the first compiler is ready sooner, the second would never pay for itself. */
    static final String JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    static final Duration SESSIONS_TIMEOUT = Duration.minutes(1);

    private static final Duration RESPOND_TIMEOUT = Duration.seconds(Limits.LONGEST_RUN.toSeconds());

    /** The longest there is: all groups and instances of a Region are looked at in one go. */
    private static final Duration SURVEY_TIMEOUT = Duration.minutes(15);

    private final Configuration configuration;
    private final StateTable table;
    private final AlertTopic topic;
    private final GuardFunction respond;
    private final GuardFunction revoke;
    private final GuardFunction restore;
    private final GuardFunction sessions;
    private final GuardFunction drill;
    private final GuardFunction baseline;
    private final @Nullable GuardFunction evaluate;

    public GuardFunctions(
            Construct scope,
            String id,
            Configuration configuration,
            RuleBook book,
            FunctionCode code,
            StateTable table,
            AlertTopic topic,
            SessionFeed feed) {
        super(scope, id);
        this.configuration = configuration;
        this.table = table;
        this.topic = topic;
        respond = function(
                "Respond",
                "Answers findings: reverts, revokes, alerts",
                code.respond(),
                RESPOND_TIMEOUT,
                responding(book));
        if (!configuration.leniency().equals(Leniency.NONE)) {
            respond.function()
                    .addEnvironment(
                            "BACKSTOP_LENIENCY",
                            Json.write(configuration.leniency().toJson()));
        }
        revoke = function(
                "Revoke",
                "Denies an agent session everything, and undoes what agents do to IAM",
                code.guard(),
                Duration.minutes(1),
                Grants.all(onCall(), table.items(List.of(DynamoIncidents.CLOSE_ACTIONS)), undoingIam(book)));
        restore = function(
                "Restore",
                "Lifts the deny of agent sessions, and keeps what people exempt and resolve",
                code.guard(),
                Duration.minutes(2),
                Grants.all(
                        onCall(), table.items(List.of(DynamoIncidents.CLOSE_ACTIONS, DynamoControls.EXEMPT_ACTIONS))));
        sessions = function(
                "Sessions",
                "Remembers who the agent sessions are and what they do, and watches whether kills hold",
                code.guard(),
                SESSIONS_TIMEOUT,
                Grants.all(watching(), List.of(feed.consuming())));
        new WindowRules(this, "Windows", book).give(sessions);
        drill = function(
                "Drill",
                "Proves the kill switch on sessions of its own, and makes the call of the heartbeat",
                // The other package has no EC2 client.
                code.respond(),
                Duration.minutes(5),
                List.of(Canary.assuming(), invoking("backstop-revoke", "backstop-restore"), tellingTheBus()));
        baseline = function(
                "Baseline",
                "Remembers how security groups and instances were before agents changed them",
                code.respond(),
                SURVEY_TIMEOUT,
                seeing());
        evaluate = watchesDrift()
                ? function(
                        "Evaluate",
                        "Tells AWS Config what is not as people approved it",
                        code.guard(),
                        Duration.minutes(1),
                        evaluating())
                : null;
    }

    GuardFunction respond() {
        return respond;
    }

    GuardFunction revoke() {
        return revoke;
    }

    GuardFunction sessions() {
        return sessions;
    }

    GuardFunction drill() {
        return drill;
    }

    GuardFunction baseline() {
        return baseline;
    }

    /** Where AWS Config watches for drift. */
    GuardFunction evaluate() {
        return Objects.requireNonNull(evaluate);
    }

    List<GuardFunction> all() {
        return Stream.of(respond, revoke, restore, sessions, drill, baseline, evaluate)
                .filter(Objects::nonNull)
                .toList();
    }

    private GuardFunction function(
            String id, String description, Path code, Duration timeout, List<PolicyStatement> permissions) {
        Definition definition = new Definition(
                "backstop-" + id.toLowerCase(Locale.ROOT),
                description,
                "dev.backstop.functions.handler." + id + "Handler::handleRequest",
                code,
                1024,
                timeout,
                environment(),
                permissions);
        return new GuardFunction(
                this, id, definition, topic, configuration.deployment().alias());
    }

    private List<PolicyStatement> responding(RuleBook book) {
        return Grants.all(
                Grants.declared(Stream.concat(permissions(book, false).stream(), ofDrift().stream())
                        .distinct()
                        .toList()),
                Grants.declared(SdkTags.PERMISSIONS),
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

    /** Both write and delete: room for a new deny is made by folding older ones, and a fold is lifted by rewriting it. */
    private List<PolicyStatement> onCall() {
        return Grants.all(
                sessionStore(),
                new RoleEdits(configuration).of(SdkRolePolicies.ACTIONS),
                new RoleEdits(configuration).of(SdkRoles.ACTIONS),
                List.of(
                        Grants.allow(
                                SdkAccessKeys.ACTIONS,
                                List.of(Grants.located("arn:${Partition}:iam::${Account}:user/*"))),
                        tellingTheBus()));
    }

    /** Roles are edited under the same limits as for a kill. */
    private List<PolicyStatement> undoingIam(RuleBook book) {
        List<Permission> permissions = permissions(book, true);
        Set<String> edits = permissions.stream()
                .filter(Permission::onAgentRoles)
                .map(Permission::action)
                .collect(Collectors.toSet());
        List<Permission> others = permissions.stream()
                .filter(permission -> !permission.onAgentRoles())
                .toList();
        return Grants.all(
                new RoleEdits(configuration).of(edits),
                Grants.declared(others),
                List.of(Grants.allow(ConfigHistory.ACTIONS, List.of("*"))));
    }

    private static List<Permission> permissions(RuleBook book, boolean ofIam) {
        return Grants.inForce(book).stream()
                .filter(remediation -> remediation.changesIam() == ofIam)
                .flatMap(remediation -> remediation.permissions().stream())
                .toList();
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

    private static List<PolicyStatement> lookingForDrift() {
        return List.of(
                Grants.allow(SdkInventory.ACTIONS, List.of("*")),
                Grants.allow(CloudTrailCalls.ACTIONS, List.of("*")),
                Grants.allow(SdkWatchers.TRAIL_ACTIONS, List.of("*")));
    }

    private List<PolicyStatement> evaluating() {
        return Grants.all(
                table.items(List.of(DynamoApprovals.READ_ACTIONS)),
                List.of(Grants.allow(ConfigEvaluations.ACTIONS, List.of("*"))));
    }

    private List<PolicyStatement> seeing() {
        return Grants.all(
                table.items(List.of(DynamoBaselines.ACTIONS, watchesDrift() ? DynamoApprovals.ACTIONS : Set.of())),
                List.of(
                        Grants.allow(SdkInventory.ACTIONS, List.of("*")),
                        Grants.allow(SdkInventory.INSTANCE_ACTIONS, List.of(Grants.arn("ec2", "instance/*")))),
                // Of an approval by tag that it does not take.
                watchesDrift() ? List.of(tellingTheBus()) : List.of());
    }

    private List<PolicyStatement> watching() {
        return Grants.all(
                sessionStore(),
                table.items(List.of(DynamoJournal.ACTIONS, DynamoForgedTags.KEEP_ACTIONS)),
                new RoleEdits(configuration).of(SdkRoles.ACTIONS),
                List.of(invoking("backstop-revoke", "backstop-respond"), tellingTheBus()));
    }

    private List<PolicyStatement> sessionStore() {
        return table.items(List.of(
                DynamoSessionRegistry.ACTIONS,
                DynamoTimeline.ACTIONS,
                DynamoRevocations.ACTIONS,
                DynamoIncidents.COUNT_ACTIONS));
    }

    private PolicyStatement invoking(String... functions) {
        return Grants.allow(
                LambdaKillSwitch.ACTIONS,
                Stream.of(functions)
                        .map(function -> Grants.arn("lambda", "function:" + name(function)))
                        .toList());
    }

    private static PolicyStatement tellingTheBus() {
        return PolicyStatement.Builder.create()
                .actions(List.copyOf(EventBridgeBus.ACTIONS))
                .resources(List.of(Grants.arn("events", "event-bus/default")))
                .conditions(Map.of("StringEquals", Map.of("events:source", EventBridgeBus.SOURCE)))
                .build();
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry(
                        "BACKSTOP_REVERTS",
                        Json.write(configuration.reverts().limits().toJson())),
                Map.entry("BACKSTOP_TABLE", table.name()),
                Map.entry("BACKSTOP_TOPIC_ARN", topic.arn()),
                Map.entry("BACKSTOP_AGENTS", Json.write(configuration.agents().toJson())),
                Map.entry("BACKSTOP_ROUTES", Json.write(configuration.routes().toJson())),
                Map.entry("BACKSTOP_RUNBOOK", configuration.deployment().runbook()),
                Map.entry("BACKSTOP_REVOKE_FUNCTION", name("backstop-revoke")),
                Map.entry("BACKSTOP_RESTORE_FUNCTION", name("backstop-restore")),
                Map.entry("BACKSTOP_RESPOND_FUNCTION", name("backstop-respond")),
                Map.entry(
                        "BACKSTOP_CANARY_ROLE",
                        Grants.located("arn:${Partition}:iam::${Account}:role" + AgentRole.PATH + Canary.NAME)),
                Map.entry("BACKSTOP_ACCOUNT", Aws.ACCOUNT_ID),
                Map.entry("JAVA_TOOL_OPTIONS", JVM));
    }

    private String name(String function) {
        return configuration.deployment().alias() ? function + ":" + GuardFunction.ALIAS : function;
    }
}
