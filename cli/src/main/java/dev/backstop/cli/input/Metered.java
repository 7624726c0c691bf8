package dev.backstop.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that tells how far it has been read. */
final class Metered extends FilterInputStream {
    private final Meter meter;

    Metered(InputStream stream, Meter meter) {
        super(stream);
        this.meter = meter;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        meter.bytes(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        meter.bytes(Math.max(read, 0));
        return read;
    }
}
