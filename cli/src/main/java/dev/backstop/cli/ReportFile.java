package dev.backstop.cli;

import dev.backstop.cli.input.Tally;
import dev.backstop.cli.report.Backtest;
import dev.backstop.cli.report.Heard;
import dev.backstop.cli.report.ReportPage;
import dev.backstop.cli.report.Seen;
import dev.backstop.core.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import picocli.CommandLine;

/** Findings as a page in a file, written once all are known. */
final class ReportFile implements FindingReport {
    private final Path file;
    private final int rules;
    private final CommandLine command;
    private final Backtest backtest = new Backtest();

    /**
     * Sees that the file can be written, before hours of reading.
     *
     * @param rules how many are in force
     * @throws BadInputException when there is no such folder, or it may not be written to
     */
    ReportFile(Path file, int rules, CommandLine command) {
        Path folder = file.toAbsolutePath().getParent();
        if (file.toString().isBlank()) {
            throw new BadInputException("--report", "FILE", "is empty: name a file, such as month.html");
        }
        if (Files.isDirectory(file)) {
            throw new BadInputException(
                    file.toString(),
                    "--report",
                    "is a folder: name a file in it, such as " + file.resolve("month.html"));
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(file.toString(), "--report", "is in a folder that is not there: " + folder);
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new BadInputException(file.toString(), "--report", "may not be written by this user");
        }
        if (Files.exists(file) && !isPage(file)) {
            throw new BadInputException(
                    file.toString(), "--report", "is there already, and is no report: name another file");
        }
        this.file = file;
        this.rules = rules;
        this.command = command;
    }

    /** An earlier report may be written anew; anything else may be what is read, or the last copy of something. */
    private static boolean isPage(Path file) {
        byte[] start = ReportPage.START.getBytes(StandardCharsets.UTF_8);
        try (InputStream content = Files.newInputStream(file)) {
            byte[] begins = content.readNBytes(start.length);
            return begins.length == 0 || Arrays.equals(begins, start);
        } catch (IOException e) {
            throw new BadInputException(file.toString(), "--report", "cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void add(Seen seen) {
        backtest.add(seen);
    }

    @Override
    public void end(Tally tally, Heard heard) {
        try {
            Files.writeString(file, ReportPage.of(backtest, tally, heard, rules, Instant.now()));
        } catch (IOException e) {
            throw new BadInputException(file.toString(), "--report", "cannot be written: " + e.getMessage());
        }
        command.getErr().println("the report is in " + file);
    }
}
