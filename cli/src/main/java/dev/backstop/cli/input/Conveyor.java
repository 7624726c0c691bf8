package dev.backstop.cli.input;

import dev.backstop.core.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads files and works on their parts with all cores, and hands over what came of them in the order of the input: files
 * in their order, parts in theirs. It is never further ahead of who takes it than a few parts a file, so that memory stays
 * bounded.
 */
final class Conveyor<T> implements AutoCloseable {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** Of files that are far away most time goes into waiting. */
    private static final int READERS = Math.max(8, CORES);

    private static final int PARTS_AHEAD = 4;

    private final Iterator<Source> sources;
    private final Meter meter;
    private final Function<Part, Sifted<T>> work;
    private final ExecutorService readers = threads(READERS, "read");
    private final ExecutorService workers = threads(CORES, "work");
    private final Queue<Belt<T>> belts = new ArrayDeque<>();

    Conveyor(List<Source> sources, Meter meter, Function<Part, Sifted<T>> work) {
        this.sources = sources.iterator();
        this.meter = meter;
        this.work = work;
    }

    /** The next file, or null when there is none. */
    @Nullable
    Belt<T> next() {
        while (sources.hasNext() && belts.size() < READERS) {
            Belt<T> belt = new Belt<>(sources.next());
            belts.add(belt);
            readers.execute(() -> load(belt));
        }
        return belts.poll();
    }

    private void load(Belt<T> belt) {
        try {
            try (Cutter cutter = new Cutter(new Metered(belt.source.content().open(), meter))) {
                for (Part part = cutter.next(); part != null; part = cutter.next()) {
                    Part loaded = part;
                    belt.parts.put(workers.submit(() -> work.apply(loaded)));
                }
            } catch (IOException e) {
                belt.parts.put(CompletableFuture.failedFuture(
                        new BadInputException(belt.source.name(), "file", "cannot be read: " + e.getMessage())));
            } catch (RuntimeException | Error e) {
                belt.parts.put(CompletableFuture.failedFuture(e));
            }
            belt.parts.put(CompletableFuture.completedFuture(null));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends everything that is still being read, and waits for no one. */
    @Override
    public void close() {
        readers.shutdownNow();
        workers.shutdownNow();
    }

    private static ExecutorService threads(int most, String name) {
        return Executors.newFixedThreadPool(
                most, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** One file's parts, as they come. */
    static final class Belt<T> {
        private final Source source;
        private final BlockingQueue<Future<@Nullable Sifted<T>>> parts = new ArrayBlockingQueue<>(PARTS_AHEAD);

        Belt(Source source) {
            this.source = source;
        }

        Source source() {
            return source;
        }

        /** What came of the next part, or null at the end. */
        @Nullable
        Sifted<T> next() {
            try {
                return parts.take().get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading " + source.name(), e);
            } catch (ExecutionException e) {
                throw thrown(e.getCause());
            }
        }

        private static RuntimeException thrown(@Nullable Throwable cause) {
            return switch (cause) {
                case RuntimeException why -> why;
                case Error why -> throw why;
                case IOException why -> new UncheckedIOException(why);
                case null, default -> new IllegalStateException(cause);
            };
        }
    }
}
