package dev.backstop.cli.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A stream of bytes with a look ahead, a count of lines, and the possibility to keep what is being read. */
final class Bytes {
    static final int END = -1;

    /** More than any record: what is larger is counted and not kept, so that memory stays bounded. */
    private static final int LARGEST = 8 << 20;

    private final InputStream stream;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1 << 14);
    private int position;
    private int limit;
    private int keptFrom = -1;
    private boolean overflow;
    private long line = 1;

    Bytes(InputStream stream) {
        this.stream = stream;
    }

    long line() {
        return line;
    }

    int read() throws IOException {
        if (position == limit && !fill()) {
            return END;
        }
        byte next = buffer[position++];
        if (next == '\n') {
            line++;
        }
        return next & 0xff;
    }

    /** Takes back the byte that was just read. */
    void unread() {
        position--;
        if (buffer[position] == '\n') {
            line--;
        }
    }

    /** The bytes to come, as many as {@code count} where the stream has them; they are still to be read. */
    String ahead(int count) throws IOException {
        while (limit - position < count && more()) {
            // the buffer grows towards its end
        }
        int length = Math.min(count, limit - position);
        return new String(buffer, position, length, StandardCharsets.ISO_8859_1);
    }

    /** Keeps what is read from here on, the byte just read included. */
    void keep() {
        kept.reset();
        overflow = false;
        keptFrom = position - 1;
    }

    /** What was read since {@link #keep}; empty when it was too large to be kept. */
    byte[] kept() {
        save(position);
        keptFrom = -1;
        return overflow ? new byte[0] : kept.toByteArray();
    }

    /** Whether what was kept last was too large for that. */
    boolean overflow() {
        return overflow;
    }

    private boolean fill() throws IOException {
        save(limit);
        int read = stream.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(read, 0);
        keptFrom = keptFrom < 0 ? -1 : 0;
        return read > 0;
    }

    /** Reads on without giving up what is still to be read, and the byte before it, which may be taken back. */
    private boolean more() throws IOException {
        int gone = Math.max(position - 1, 0);
        save(gone);
        System.arraycopy(buffer, gone, buffer, 0, limit - gone);
        limit -= gone;
        position -= gone;
        keptFrom = keptFrom < 0 ? -1 : 0;
        int read = limit == buffer.length ? END : stream.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }

    private void save(int end) {
        if (keptFrom < 0) {
            return;
        }
        if (kept.size() + end - keptFrom > LARGEST) {
            overflow = true;
        } else {
            kept.write(buffer, keptFrom, end - keptFrom);
        }
        keptFrom = end;
    }
}
