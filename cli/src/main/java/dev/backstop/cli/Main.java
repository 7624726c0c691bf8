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
        PrintWriter out = writer(new FileOutputStream(FileDescriptor.out));
        PrintWriter err = new PrintWriter(writer(new FileOutputStream(FileDescriptor.err)), true);
        int exit = Backstop.commandLine(System.in, out, err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(exit);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16));
    }
}
