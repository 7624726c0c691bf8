package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.OwnLine;
import dev.backstop.cli.account.Refusal;
import dev.backstop.cli.input.EventReader;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Tally;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.StillBusyException;
import dev.backstop.rules.Configuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code backstop respond}: what the deployed functions would do, done from here. */
@Command(
        name = "respond",
        description = {
            "Acts on what the rules find in CloudTrail records, as the deployed functions would.",
            "",
            """
            Reads what replay reads, and uses your credentials, Region and endpoint (AWS_PROFILE, AWS_REGION, \
            AWS_ENDPOINT_URL and so on). Calls in other accounts are refused.""",
            "",
            """
            Standard output is one JSON object an outcome and line, always: eventId, rule, action, step, status \
            (applied, already-done, refused, failed, observed), before, after, verified, message, command, duplicate. \
            Everything else goes to standard error; the alerts too where there is no topic backstop-alerts.""",
            "",
            """
            Without the table backstop, sessions and journal live in memory for this run. With it, what was answered \
            before, by the functions or from here, is a duplicate and only shown; what was only observed, or refused \
            for its age, can still be acted on.""",
            ""
        },
        mixinStandardHelpOptions = true)
final class RespondCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--mode",
            paramLabel = "observe|enforce",
            description = "Whether to act. Default: as the deployed switch says (backstop mode), else observe.")
    @Nullable
    Mode mode;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            converter = AgeOption.class,
            defaultValue = "1h",
            description =
                    "Calls older than this are alerted, not acted on: 90s, 30m, 1h, 2d. Default: ${DEFAULT-VALUE}.")
    Duration maxAge = Duration.ofHours(1);

    @Option(names = "--json", description = "Says what holds anyway: standard output is JSON.")
    boolean json;

    @Mixin
    InputOptions input = new InputOptions();

    private final Map<Outcome.Status, Integer> counts = new EnumMap<>(Outcome.Status.class);
    private int duplicates;
    private boolean broken;

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        Detector detector = new Detector(inForce);
        PrintWriter err = spec.commandLine().getErr();
        try (Inputs inputs = input.open(spec)) {
            Account account = Account.here();
            InstantSource clock = InstantSource.system();
            LocalTimeline creations = new LocalTimeline();
            Line line = OwnLine.of(
                    account, inForce.agents(), mode, creations, clock, note -> err.println(Page.clean(note)));
            // Every STS record is read before the first finding, so there is none to wait for.
            Limits limits = new Limits(account.id(), maxAge, Duration.ZERO)
                    .with(inForce.reverts().limits());
            Responder responder = new Responder(line, inForce.agents(), limits, inForce.leniency(), clock, Pause.REAL);
            EventReader reader = new EventReader(inputs, inForce.agents(), err::println);
            String run = "cli-" + UUID.randomUUID();
            reader.sessions(line.sessions(), creations);
            SessionWindows windows = detector.windows(line.sessions());
            Consumer<List<Detection>> answer =
                    detections -> detections.forEach(detection -> respond(responder, detection, run));
            Tally tally = reader.<Detected>read(detector, input.period(), detector::look, detected -> {
                answer.accept(detected.detections());
                detected.counted().ifPresent(windows::add);
            });
            answer.accept(windows.crossed(line.timeline()).stream()
                    .map(SessionWindows.Crossed::detection)
                    .toList());
            err.println(summary(tally));
        }
        return broken || counts.containsKey(Outcome.Status.FAILED) ? 1 : 0;
    }

    /** One finding that cannot be answered must not keep the others from being answered. */
    private void respond(Responder responder, Detection detection, String run) {
        try {
            print(responder.respond(detection, run));
        } catch (SdkException | StillBusyException | IllegalStateException e) {
            broken = true;
            String what =
                    detection.record().eventId() + ", rule " + detection.rule().id();
            String why = e instanceof SdkException refused ? Refusal.of(refused) : String.valueOf(e.getMessage());
            spec.commandLine().getErr().println(Page.clean(what + ": could not be answered: " + why));
        }
    }

    private void print(Answer answer) {
        PrintWriter out = spec.commandLine().getOut();
        for (Outcome outcome : answer.outcomes()) {
            ObjectNode line = outcome.toJson();
            line.put("duplicate", answer.duplicate());
            out.println(Json.write(line));
            counts.merge(outcome.status(), 1, Integer::sum);
        }
        // What was done must be known even if the next finding ends the run.
        out.flush();
        duplicates += answer.duplicate() ? 1 : 0;
    }

    private String summary(Tally tally) {
        StringBuilder words = new StringBuilder(
                Page.many(tally.records(), "record") + " of " + Page.many(tally.files(), "file") + " read");
        counts.forEach(
                (status, count) -> words.append(", ").append(count).append(' ').append(status.word()));
        if (duplicates > 0) {
            words.append("; ").append(Page.many(duplicates, "finding")).append(" had been answered before");
        }
        return words.append(
                        tally.malformed() == 0
                                ? ""
                                : "; " + Page.many(tally.malformed(), "record") + " could not be used")
                .toString();
    }
}
