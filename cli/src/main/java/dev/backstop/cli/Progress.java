package dev.backstop.cli;

import dev.backstop.cli.input.Meter;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import picocli.CommandLine;

/** One line on a terminal that says how far a long reading has come, how fast it is and how long it will still take. */
final class Progress implements Meter, AutoCloseable {
    private static final long TICK_MILLIS = 500;
    private static final long SECOND = 1_000_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final LongSupplier nanos;
    private final long total;
    private final long started;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder records = new LongAdder();
    private boolean shown;
    private boolean closed;

    /** Where there is no terminal, nothing is drawn. */
    static Progress on(CommandLine command, long total) {
        Progress progress = new Progress(command.getErr(), total, System::nanoTime);
        return Boolean.getBoolean("backstop.terminal") ? progress.start() : progress;
    }

    /** @param total how many bytes there are to read in all passes together */
    Progress(PrintWriter terminal, long total, LongSupplier nanos) {
        this.terminal = terminal;
        this.total = total;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    /** Draws the line twice a second until this is closed. */
    Progress start() {
        Thread.ofPlatform().daemon().name("progress").start(() -> {
            try {
                while (tick()) {
                    Thread.sleep(TICK_MILLIS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    @Override
    public void bytes(long more) {
        bytes.add(more);
    }

    @Override
    public void records(long more) {
        records.add(more);
    }

    /** Lets something else be written, which may go to the same terminal. */
    synchronized void aside(PrintWriter out, Runnable writing) {
        boolean drawn = shown;
        clear();
        writing.run();
        if (drawn) {
            out.flush();
        }
    }

    /** Draws it once; whether it is to be drawn again. */
    synchronized boolean tick() {
        if (!closed) {
            terminal.print(CLEAR + line());
            terminal.flush();
            shown = true;
        }
        return !closed;
    }

    String line() {
        long done = Math.min(bytes.sum(), total);
        double seconds = Math.max(nanos.getAsLong() - started, 1) / (double) SECOND;
        if (done == 0) {
            return "reading";
        }
        long left = Math.round(seconds * (total - done) / done);
        return String.format(
                Locale.ROOT,
                "%3d %%  %,d records a second, %d:%02d left",
                done * 100 / total,
                Math.round(records.sum() / seconds),
                left / 60,
                left % 60);
    }

    private void clear() {
        if (shown) {
            terminal.print(CLEAR);
            terminal.flush();
            shown = false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        clear();
    }
}
