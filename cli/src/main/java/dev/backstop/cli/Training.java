package dev.backstop.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the startup cache is recorded from: the commands that should start fast, run once into nowhere. */
public final class Training {
    private Training() {}

    /** @param arguments the folder of the events to replay */
    public static void main(String[] arguments) {
        run("--version");
        run("--help");
        run("rules");
        run("rules", "--json");
        if (Files.isDirectory(Path.of(arguments[0]))) {
            for (String form : List.of("--fail-on=critical", "--json")) {
                run("replay", form, arguments[0]);
            }
        }
    }

    private static void run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Backstop.commandLine(InputStream.nullInputStream(), nowhere, nowhere).execute(arguments);
    }
}
