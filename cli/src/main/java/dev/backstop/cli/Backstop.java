package dev.backstop.cli;

import dev.backstop.cli.demo.DemoCommand;
import java.io.InputStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code backstop}: the command that all others hang from. */
@Command(
        name = "backstop",
        description = {"Sees and undoes what AI coding agents do wrong in an AWS account.", ""},
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            RulesCommand.class,
            ReplayCommand.class,
            RespondCommand.class,
            RevokeCommand.class,
            RestoreCommand.class,
            SessionsCommand.class,
            TimelineCommand.class,
            IncidentsCommand.class,
            IncidentCommand.class,
            ResolveCommand.class,
            ExemptCommand.class,
            ModeCommand.class,
            BaselineCommand.class,
            DrillCommand.class,
            TestAlertCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
        },
        footer = {"", "Exit codes: 0 fine; 1 findings that were asked to fail, or an action failed; 2 bad input."})
final class Backstop {
    private final InputStream in;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    boolean debug;

    private Backstop(InputStream in) {
        this.in = in;
    }

    /** The whole command line, reading from and writing to the given streams. */
    static CommandLine commandLine(InputStream in, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Backstop(in))
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Errors::usage)
                .setExecutionExceptionHandler(Errors::execution);
    }

    static InputStream standardInput(CommandSpec spec) {
        return of(spec).in;
    }

    static Backstop of(CommandSpec spec) {
        return (Backstop) spec.root().userObject();
    }
}
