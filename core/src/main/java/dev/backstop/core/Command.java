package dev.backstop.core;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line for a person to paste: every argument quoted, so that no value of a record can become a command. */
public final class Command {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Command() {}

    /** The arguments as one line for a POSIX shell. */
    public static String line(String... arguments) {
        return Arrays.stream(arguments).map(Command::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
