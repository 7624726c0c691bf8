package dev.backstop.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** An output that remembers what kept it from being written: the writers above it swallow that. */
final class CheckedOutput extends FilterOutputStream {
    /** What a reader that has seen enough leaves behind, {@code head} for instance: no loss. */
    private static final String READER_GONE = "Broken pipe";

    private @Nullable String lost;

    CheckedOutput(OutputStream stream) {
        super(stream);
    }

    /** Why something of the output is missing; null where nobody misses anything. */
    @Nullable
    String lost() {
        return lost;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            lost = lost == null && !why.contains(READER_GONE) ? why : lost;
            throw e;
        }
    }
}
