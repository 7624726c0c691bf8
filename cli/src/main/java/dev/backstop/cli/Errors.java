package dev.backstop.cli;

import dev.backstop.cli.account.NotDoneException;
import dev.backstop.core.BadInputException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How errors end a command: one line each, and the exit code that the contract says. */
final class Errors {
    private Errors() {}

    static int usage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + oneLine(e.getMessage()) + "; see " + name + " --help");
        UnmatchedArgumentException.printSuggestions(e, err);
        return ExitCode.USAGE;
    }

    static int execution(Exception e, CommandLine command, ParseResult parsed) {
        command.getOut().flush();
        boolean bad = e instanceof BadInputException;
        boolean expected = bad || e instanceof NotDoneException;
        String what =
                expected ? oneLine(e.getMessage()) : e.getClass().getSimpleName() + ": " + oneLine(e.getMessage());
        boolean debug = Backstop.of(command.getCommandSpec()).debug;
        String hint = expected || debug ? "" : " (--debug shows where)";
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + what + hint);
        if (debug) {
            e.printStackTrace(command.getErr());
        }
        return bad ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String message) {
        return Page.clean(String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; "));
    }
}
