package dev.backstop.cdk;

import dev.backstop.cdk.GuardFunction.Definition;
import dev.backstop.core.Json;
import dev.backstop.core.Leniency;
import dev.backstop.functions.line.Limits;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.Configuration.Deployment.Drift;
import dev.backstop.rules.RuleBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The functions of the guard; only revoke and restore may write IAM. */
public final class GuardFunctions extends Construct {
    static final Duration SESSIONS_TIMEOUT = Duration.minutes(1);

    static final Duration RESPOND_TIMEOUT = Duration.seconds(Limits.LONGEST_RUN.toSeconds());

    /** The longest there is: all groups and instances of every Region that is watched are looked at in one go. */
    private static final Duration SURVEY_TIMEOUT = Duration.minutes(15);

    private final AlertTopic topic;
    private final Map<String, String> environment;
    private final boolean aliased;
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
        this.topic = topic;
        environment = new Surroundings(configuration, table, topic).environment();
        aliased = configuration.deployment().alias();
        Duties duties = new Duties(configuration, book, table);
        IamDuties iamDuties = new IamDuties(configuration, book, table);
        respond = function(
                "Respond",
                "Answers findings: reverts, revokes, alerts",
                code.respond(),
                RESPOND_TIMEOUT,
                duties.responding());
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
                iamDuties.revoking());
        restore = function(
                "Restore",
                "Lifts the deny of agent sessions, has reverts undone, keeps what people exempt and resolve",
                code.guard(),
                Duration.seconds(Limits.LONGEST_ANSWER.toSeconds()),
                iamDuties.restoring());
        sessions = function(
                "Sessions",
                "Remembers who the agent sessions are and what they do, and watches whether kills hold",
                code.guard(),
                SESSIONS_TIMEOUT,
                duties.watching(feed));
        new WindowRules(this, "Windows", book).give(sessions);
        drill = function(
                "Drill",
                "Proves the kill switch on sessions of its own, and makes the call of the heartbeat",
                // The other package has no EC2 client.
                code.respond(),
                Duration.minutes(5),
                duties.drilling());
        baseline = function(
                "Baseline",
                "Remembers how security groups and instances were before agents changed them",
                code.respond(),
                SURVEY_TIMEOUT,
                duties.seeing());
        if (!configuration.deployment().regions().isEmpty()) {
            baseline.function()
                    .addEnvironment(
                            "BACKSTOP_REGIONS",
                            Json.write(Json.MAPPER.valueToTree(
                                    Map.of("regions", configuration.deployment().regions()))));
        }
        evaluate = configuration.deployment().drift() != Drift.OFF
                ? function(
                        "Evaluate",
                        "Tells AWS Config what is not as people approved it",
                        code.guard(),
                        Duration.minutes(1),
                        duties.evaluating())
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
                environment,
                permissions);
        return new GuardFunction(this, id, definition, topic, aliased);
    }
}
