package dev.backstop.cli;

import dev.backstop.cli.input.Event;
import dev.backstop.cli.input.EventReader;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Period;
import dev.backstop.cli.input.Sieve;
import dev.backstop.cli.rule.Draft;
import dev.backstop.cli.rule.Trial;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Category;
import dev.backstop.core.Json;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.OwnRules;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop rules new}: a rule of one's own, from a record of the call that it is about. */
@Command(
        name = "new",
        description = {"Writes a rule and its events from a record of the call that it is about.", "", """
            The first record that is read is the sample. Its call becomes the pattern, its account, names and addresses \
            stand in the events: replace what should not be shared. A caller that is no agent is replaced by one.""", ""},
        mixinStandardHelpOptions = true)
final class DraftCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "ID", description = "Its id and file name: lower-case words with hyphens.")
    String id = "";

    @Option(
            names = "--from",
            paramLabel = "INPUT",
            description = "Where the record is: a file, a folder, or - for standard input, the default.")
    String from = "-";

    @Option(names = "--dir", paramLabel = "DIR", description = "Where to. Default: rulesDir of the configuration.")
    @Nullable
    Path folder;

    @Option(names = "--category", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Category category = Category.DESTRUCTION;

    @Option(names = "--severity", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Severity severity = Severity.MEDIUM;

    @Option(
            names = "--replace",
            description = "Yes, in the place of the catalogue's rule of that id, which is then no longer in force.")
    boolean replace;

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        Path home = TrialCommand.chosen(folder, "--dir", inForce);
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || id.length() > 50) {
            throw new BadInputException(
                    "rules new", "ID", "at most 50 lower-case letters, digits and hyphens, not " + id);
        }
        if (OwnRules.replaces(id) && !replace) {
            throw new BadInputException(
                    "rules new",
                    "ID",
                    "the catalogue has a rule " + id
                            + ", in whose place yours would stand: choose another id, or say --replace");
        }
        Event sample = sample(inForce);
        List<RuleDefinition> catalogue =
                RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids()).definitions();
        Draft draft = new Draft(id, category, severity, sample.envelope(), prefix(sample, catalogue));
        Map<Path, String> files = draft.files(inForce.agents());
        for (Path file : files.keySet()) {
            if (Files.exists(home.resolve(file))) {
                throw new BadInputException(
                        home.resolve(file).toString(), "ID", "is there already: choose another id, or take it away");
            }
        }
        write(home, files);
        report(home, files.keySet(), Trial.of(home.resolve(id + ".yaml"), inForce), catalogue);
        return 0;
    }

    private Event sample(Configuration inForce) {
        List<Event> found = new ArrayList<>();
        try (Inputs inputs = Inputs.of(List.of(from), Backstop.standardInput(spec))) {
            new EventReader(inputs, inForce.agents(), spec.commandLine().getErr()::println)
                    .read(Sieve.NONE, Period.ALWAYS, Optional::of, event -> {
                        if (found.isEmpty()) {
                            found.add(event);
                        }
                    });
        }
        return found.getFirst();
    }

    /** As a rule of the catalogue over the service has it, else by the service's name. */
    private static String prefix(Event sample, List<RuleDefinition> catalogue) {
        String source = sample.record().eventSource();
        return catalogue.stream()
                .filter(rule ->
                        Json.values(rule.pattern(), "detail.eventSource").contains(source))
                .map(rule -> rule.rule().resourceType().replaceFirst("::[^:]*$", ""))
                .findFirst()
                .orElseGet(() -> {
                    String service = source.replaceFirst("\\..*", "");
                    return "AWS::" + service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
                });
    }

    private static void write(Path home, Map<Path, String> files) {
        try {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Path path = home.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rule cannot be written to " + home, e);
        }
    }

    private static String did(Rule rule) {
        String responses =
                rule.responses().stream().sorted().map(Response::word).collect(Collectors.joining(", "));
        return rule.remediation() == null ? responses : responses + ", with " + rule.remediation();
    }

    private void report(Path home, Iterable<Path> files, Trial trial, List<RuleDefinition> catalogue) {
        Page page = new Page(spec.commandLine());
        files.forEach(file -> page.field(0, "wrote  ", home.resolve(file).toString()));
        catalogue.stream()
                .map(RuleDefinition::rule)
                .filter(rule -> rule.id().equals(id))
                .forEach(rule -> page.field(
                        0,
                        "not    ",
                        "the catalogue's any more, which is " + rule.severity().word() + ": " + did(rule)
                                + "; this one is " + severity.word() + ": alert"));
        trial.failures()
                .forEach(failure -> page.field(
                        0,
                        "but    ",
                        failure.file() + " " + failure.what() + ": " + String.join("; ", failure.reasons())));
        page.field(
                0, "next   ", "say in the file why it matters, narrow its pattern, then: backstop rules test " + home);
    }
}
