package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.input.Event;
import dev.backstop.cli.input.EventReader;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Period;
import dev.backstop.cli.input.Sieve;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Detection;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.WindowBook;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop rules payload}: what EventBridge would hand to the respond function. */
@Command(
        name = "payload",
        description = {
            "Prints what the Lambda function would get for events, one JSON object a matching rule.",
            "",
            "For aws lambda invoke --function-name backstop-respond:live --payload file://…",
            ""
        },
        mixinStandardHelpOptions = true)
final class PayloadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "FILE", description = "EventBridge events or CloudTrail records; - is standard input.")
    String file = "-";

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        RuleBook book = RuleBook.catalogue(inForce, Remediations.ids());
        PatternMatcher matcher = new PatternMatcher(book, Account.ANY);
        PrintWriter out = spec.commandLine().getOut();
        List<String> payloads = new ArrayList<>();
        try (Inputs inputs = Inputs.of(List.of(file), Backstop.standardInput(spec))) {
            EventReader reader =
                    new EventReader(inputs, inForce.agents(), spec.commandLine().getErr()::println);
            LocalSessionRegistry sessions = new LocalSessionRegistry();
            LocalTimeline timeline = new LocalTimeline();
            reader.sessions(sessions, timeline);
            WindowBook counting = WindowBook.of(book);
            SessionWindows windows = new SessionWindows(counting, sessions);
            reader.<Event>read(Sieve.NONE, Period.ALWAYS, Optional::of, event -> {
                matcher.match(event.envelope()).forEach(rule -> add(rule.rule(), event.envelope(), payloads));
                SessionWindows.counted(event, counting, inForce.agents()).ifPresent(windows::add);
            });
            windows.crossed(timeline).stream()
                    .map(SessionWindows.Crossed::detection)
                    .forEach(detection -> add(detection.rule(), EventEnvelope.around(detection.record()), payloads));
        }
        if (payloads.isEmpty()) {
            throw new BadInputException(
                    file,
                    "event",
                    "no rule matches it: did the call succeed, and is its caller an agent (agentRoles in the"
                            + " configuration)?");
        }
        payloads.forEach(out::println);
        return 0;
    }

    private static void add(Rule rule, JsonNode event, List<String> payloads) {
        payloads.add(Json.write(Detection.payload(rule, event)));
    }
}
