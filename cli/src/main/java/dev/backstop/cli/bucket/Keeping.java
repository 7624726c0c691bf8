package dev.backstop.cli.bucket;

import java.util.concurrent.atomic.AtomicLong;

/** How much of what was downloaded is kept for the second pass: all of a usual day, and never more than memory bears. */
final class Keeping {
    private static final long MOST = 256L << 20;

    private final AtomicLong left =
            new AtomicLong(Math.min(MOST, Runtime.getRuntime().maxMemory() / 4));

    /** Whether so many bytes may be kept; they count from then on. */
    boolean take(long bytes) {
        return left.getAndUpdate(now -> now < bytes ? now : now - bytes) >= bytes;
    }
}
