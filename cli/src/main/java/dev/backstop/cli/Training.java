package dev.backstop.cli;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the startup cache is recorded from: the commands that should start fast, run once into nowhere. */
public final class Training {
    private Training() {}

    /** Runs each command once; takes the folder of the events to replay. */
    public static void main(String[] arguments) {
        run("--version");
        run("--help");
        run("rules");
        run("rules", "--json");
        if (Files.isDirectory(Path.of(arguments[0]))) {
            run("replay", "--fail-on=critical", arguments[0]);
            run("replay", "--json", arguments[0]);
            run("demo");
        }
    }

    private static void run(String... arguments) {
        Main.run(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), arguments);
    }
}
