package dev.backstop.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One command, run in this process, and what came of it. */
record Run(int exit, String out, String err) {
    static Run of(String... arguments) {
        return with(new byte[0], arguments);
    }

    static Run with(String standardInput, String... arguments) {
        return with(standardInput.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static Run with(byte[] standardInput, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Backstop.commandLine(
                        new ByteArrayInputStream(standardInput), new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }

    List<String> complaints() {
        return err.lines().toList();
    }
}
