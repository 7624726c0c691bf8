package dev.backstop.cli.bucket;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A download that goes on where it broke off: over millions of objects some connection always does. */
final class Resumed extends InputStream {
    private static final int ATTEMPTS = 4;

    private final From from;
    private final long size;
    private long position;
    private int failures;
    private @Nullable InputStream current;

    Resumed(From from, long size) {
        this.from = from;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            try {
                InputStream open = current;
                if (open == null) {
                    if (position >= size) {
                        return -1;
                    }
                    open = from.open(position);
                    current = open;
                }
                int read = open.read(bytes, offset, length);
                if (read < 0 && position < size) {
                    throw new IOException("the connection ended after " + position + " of " + size + " bytes");
                }
                position += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                close();
                if (++failures >= ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        InputStream open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }

    /** Opens the download from a byte on. */
    interface From {
        InputStream open(long offset) throws IOException;
    }
}
