package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that builds and starts the command, where it cannot: one line, exit 2, and no waiting for what never comes. */
class ScriptTest {
    @TempDir
    Path home;

    private Path programs;

    @BeforeEach
    void copy() throws IOException {
        Path script = Path.of(System.getProperty("backstop.root"), "backstop");
        assertTrue(Files.copy(script, home.resolve("backstop")).toFile().setExecutable(true));
        programs = Files.createDirectory(home.resolve("programs"));
    }

    @Test
    void aFolderThatMayNotBeWrittenToIsNotWaitedFor() throws Exception {
        program("mkdir", "case $* in *run.lock) exit 1 ;; *) exec /bin/mkdir \"$@\" ;; esac");
        refused("cannot write to " + home.toRealPath().resolve("cli/target"));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.createFile(home.resolve("cli"));
        refused("cannot make " + home.toRealPath().resolve("cli/target"));
    }

    private void refused(String what) throws Exception {
        Path said = home.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("backstop").toString(), "rules")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(said, StandardCharsets.UTF_8);
        assertTrue(ended, "still running after 30 s, having said: " + output);
        assertEquals(2, process.exitValue(), output);
        assertEquals(1, output.lines().count(), output);
        assertTrue(output.startsWith("backstop: " + what), output);
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }
}
