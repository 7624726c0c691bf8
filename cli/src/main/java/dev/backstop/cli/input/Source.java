package dev.backstop.cli.input;

import dev.backstop.core.BadInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file to read.
 *
 * @param name what to call it in messages
 * @param chosen whether the user named this very file, rather than a folder that it is in
 */
record Source(String name, Path path, boolean chosen) {
    private static final int GZIP = 0x1f8b;
    private static final int BUFFER = 1 << 16;

    /** Hands over every frame in turn; the last one has a fault when the file ends too early. */
    void frames(Consumer<Frame> consumer) {
        long number = 0;
        long line = 1;
        try (InputStream stream = open()) {
            Frames frames = new Frames(stream);
            for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
                number = frame.number();
                line = frame.line();
                consumer.accept(frame);
            }
        } catch (EOFException _) {
            consumer.accept(new Frame(number + 1, line, new byte[0], "is cut off: the compressed file ends too early"));
        } catch (ZipException e) {
            consumer.accept(new Frame(number + 1, line, new byte[0], "is damaged gzip: " + e.getMessage()));
        } catch (IOException e) {
            throw new BadInputException(name, "file", "cannot be read: " + e.getMessage());
        }
    }

    /** Compressed files are known by their first two bytes, so that standard input may be one too. */
    private InputStream open() throws IOException {
        InputStream stream = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        stream.mark(2);
        int magic = stream.read() << 8 | stream.read();
        stream.reset();
        return magic == GZIP ? new GZIPInputStream(stream, BUFFER) : stream;
    }
}
