package dev.backstop.cli.input;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Cuts a file into parts of bounded size that others can work on at the same time. */
final class Cutter implements AutoCloseable {
    private static final int GZIP = 0x1f8b;
    private static final int BUFFER = 1 << 16;
    private static final int FRAMES = 256;
    private static final int FRAME_BYTES = 1 << 20;

    private final InputStream content;
    private final Block block;
    private boolean begun;
    private boolean oneALine;
    private boolean done;
    private @Nullable Frames frames;

    Cutter(InputStream content) throws IOException {
        this.content = content;
        this.block = new Block(unzipped(content));
    }

    /**
     * The next part, or null at the end of the file; the last one has a fault in it when the file ends too early.
     *
     * @throws IOException when the file cannot be read on
     */
    @Nullable
    Part next() throws IOException {
        Frames cutting = frames;
        if (cutting != null) {
            return done ? null : cut(cutting);
        }
        if (!done) {
            block.fill();
        }
        if (!begun) {
            begun = true;
            oneALine = block.firstLineIsWhole();
            if (!block.beginsWithObject()) {
                return cut();
            }
        }
        if (block.ended()) {
            return last();
        }
        int end = block.lastBoundary();
        while (end < 0 && block.grow()) {
            end = block.lastBoundary();
        }
        if (end >= 0) {
            return block.take(end, oneALine);
        }
        return block.ended() ? last() : cut();
    }

    /** From here on only what came before says what an object is. */
    private Part cut() throws IOException {
        Frames cutting = new Frames(block.rest(), false);
        frames = cutting;
        return cut(cutting);
    }

    private Part cut(Frames cutting) throws IOException {
        List<Frame> batch = new ArrayList<>();
        int bytes = 0;
        while (!done && batch.size() < FRAMES && bytes < FRAME_BYTES) {
            Frame frame;
            try {
                frame = cutting.next();
            } catch (EOFException | ZipException e) {
                frame = cutting.fault(fault(e));
                done = true;
            }
            if (frame == null) {
                done = true;
            } else {
                bytes += frame.bytes().length;
                batch.add(frame);
            }
        }
        return new Part.Cut(batch);
    }

    private @Nullable Part last() throws IOException {
        if (!block.isEmpty()) {
            Part.Text text = block.take(block.end(), oneALine);
            block.drop();
            return text;
        }
        IOException broken = done ? null : block.broken();
        done = true;
        if (broken == null) {
            return null;
        }
        return new Part.Cut(List.of(new Frame(1, 1, new byte[0], fault(broken))));
    }

    /** What is wrong with a compressed file; every other reason not to read on ends the reading. */
    private static String fault(IOException e) throws IOException {
        if (e instanceof EOFException) {
            return "is cut off: the compressed file ends too early";
        }
        if (e instanceof ZipException) {
            return "is damaged gzip: " + e.getMessage();
        }
        throw e;
    }

    /** Compressed files are known by their first two bytes, so that standard input may be one too. */
    private static InputStream unzipped(InputStream content) throws IOException {
        InputStream bytes = new BufferedInputStream(content, BUFFER);
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic == GZIP ? new LateGzip(bytes) : bytes;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** Reads the header when the first byte is asked for, so that a broken one is found where other damage is. */
    private static final class LateGzip extends InputStream {
        private final InputStream zipped;
        private @Nullable InputStream open;

        LateGzip(InputStream zipped) {
            this.zipped = zipped;
        }

        @Override
        public int read() throws IOException {
            return open().read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return open().read(bytes, offset, length);
        }

        private InputStream open() throws IOException {
            InputStream opened = open;
            if (opened == null) {
                opened = new GZIPInputStream(zipped, BUFFER);
                open = opened;
            }
            return opened;
        }
    }
}
