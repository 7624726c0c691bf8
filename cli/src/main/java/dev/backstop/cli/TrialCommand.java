package dev.backstop.cli;

import dev.backstop.cli.rule.Trial;
import dev.backstop.core.BadInputException;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.OwnRules;
import dev.backstop.rules.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop rules test}: a user's own rules, held to their events. */
@Command(
        name = "test",
        description = {"Tries your own rules on their events, with the engine that EventBridge uses.", "", """
            A folder of rules has ID.yaml for each, events that it must match in ID/matches/*.json, and events that it \
            must not in ID/ignores/*.json: EventBridge events or CloudTrail records. Exit 1 when anything is otherwise.""", ""},
        mixinStandardHelpOptions = true)
final class TrialCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder. Default: rulesDir of the configuration.")
    @Nullable
    Path folder;

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        Path chosen = chosen(folder, "DIR", inForce);
        if (!Files.isDirectory(chosen)) {
            throw new BadInputException(chosen.toString(), "DIR", "is no folder");
        }
        List<Path> files = OwnRules.in(chosen);
        Page page = new Page(spec.commandLine());
        Set<String> replacing = OwnRules.replacing(chosen);
        int failed = 0;
        int events = 0;
        for (Path file : files) {
            Trial trial = Trial.of(file, inForce);
            show(trial, page);
            failed += trial.failures().isEmpty() ? 0 : 1;
            events += trial.matched() + trial.ignored();
        }
        if (failed == 0) {
            // The number of rules and the bus's quotas count together with the catalogue.
            RuleBook.catalogue(inForce, Remediations.ids());
        }
        if (!replacing.isEmpty()) {
            page.blank();
            page.field(0, "in the place of the catalogue's: ", String.join(", ", replacing));
        }
        page.blank();
        page.heading(Page.many(files.size(), "rule") + ", " + Page.many(events, "event") + " as expected; "
                + (failed == 0 ? "none failed" : failed + " failed"));
        return failed == 0 ? 0 : 1;
    }

    /**
     * The folder of the rules.
     *
     * @param named by an option or argument, of which {@code what} is the name; null where the configuration decides
     */
    static Path chosen(@Nullable Path named, String what, Configuration inForce) {
        Path configured = inForce.rulesDir();
        if (named == null && configured == null) {
            throw new BadInputException(
                    "configuration", "rulesDir", "is not set: name " + what + ", or set it in cdk.json's context");
        }
        return named != null ? named : Objects.requireNonNull(configured);
    }

    private static void show(Trial trial, Page page) {
        String rule = String.valueOf(trial.file().getFileName());
        if (trial.failures().isEmpty()) {
            page.field(
                    "green", "ok      ", rule + ": " + trial.matched() + " matched, " + trial.ignored() + " ignored");
            return;
        }
        page.field("bold,red", "FAILED  ", rule);
        for (Trial.Failure failure : trial.failures()) {
            page.field(8, "", failure.file() + " " + failure.what() + ":");
            failure.reasons().forEach(reason -> page.field(10, "", reason));
        }
    }
}
