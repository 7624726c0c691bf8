package dev.backstop.cli;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Stack;
import dev.backstop.core.Mode;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.Controls.Modes;
import dev.backstop.functions.line.DriftRules;
import dev.backstop.functions.sdk.DynamoControls;
import java.time.InstantSource;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop mode}: the switch of the deployed stack. */
@Command(
        name = "mode",
        description = {"Shows or switches whether the deployed functions act or only observe.", "", """
            In mode enforce they act; in mode observe they alert, and say what they would do. It takes no deployment: \
            they follow within ten seconds.""", ""},
        mixinStandardHelpOptions = true)
final class ModeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(arity = "0..1", paramLabel = "observe|enforce", description = "The mode to switch to.")
    @Nullable
    Mode mode;

    @Option(names = "--rule", paramLabel = "ID", description = "Of this rule only: it then differs from the others.")
    @Nullable
    String rule;

    @Override
    public Integer call() {
        String ruleId = rule;
        if (ruleId != null) {
            requireKnown(ruleId);
        }
        Controls controls = new DynamoControls(Stack.table(Account.here()), InstantSource.system());
        Mode wanted = mode;
        if (wanted != null && ruleId != null) {
            controls.set(ruleId, wanted);
        } else if (wanted != null) {
            controls.set(wanted);
        }
        show(controls.modes(), ruleId);
        return 0;
    }

    private void show(Modes modes, @Nullable String ruleId) {
        var out = spec.commandLine().getOut();
        if (ruleId != null) {
            out.println(ruleId + ": " + modes.of(ruleId).word());
            return;
        }
        out.println("all rules: " + modes.all().word());
        new TreeMap<>(modes.byRule()).forEach((id, own) -> out.println("but " + id + ": " + own.word()));
    }

    private void requireKnown(String ruleId) {
        KnownRules rules = KnownRules.of(configuration.load());
        if (rules.find(ruleId).isEmpty() && !DriftRules.ids().contains(ruleId)) {
            throw rules.unknown("--rule", ruleId);
        }
    }
}
