package dev.backstop.cli.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * One file to read, wherever it lies.
 *
 * @param name what to call it in messages
 * @param chosen whether the user named this very file, rather than a folder that it is in
 * @param size how many bytes {@code content} gives, for showing how far one has come
 */
public record Source(String name, boolean chosen, long size, Content content) {
    /** Where the bytes come from, compressed or not; it is read more than once. */
    public interface Content {
        InputStream open() throws IOException;
    }
}
