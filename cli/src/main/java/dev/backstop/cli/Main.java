package dev.backstop.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the process begins and ends: the only place that knows its streams and its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int exit = run(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), arguments);
        // Everything is closed and flushed, and an orderly exit would load a logger first.
        Runtime.getRuntime().halt(exit);
    }

    static int run(OutputStream standardOutput, OutputStream standardError, String... arguments) {
        CheckedOutput checked = new CheckedOutput(standardOutput);
        PrintWriter out = new PrintWriter(writer(checked));
        PrintWriter err = new PrintWriter(writer(standardError), true);
        int exit = Backstop.commandLine(System.in, out, err).execute(arguments);
        out.flush();
        String lost = checked.lost();
        if (lost != null) {
            err.println("backstop: standard output: not all of it could be written: " + lost);
        }
        err.flush();
        return lost != null && exit == 0 ? 1 : exit;
    }

    private static BufferedWriter writer(OutputStream stream) {
        return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    }
}
