package dev.backstop.cli.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The part of a stream that was read and not handed out yet, and where it may be cut. */
final class Block {
    private static final int SIZE = 1 << 19;
    private static final int LARGEST = 1 << 24;

    private final InputStream stream;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean ended;
    private @Nullable IOException broken;

    Block(InputStream stream) {
        this.stream = stream;
    }

    /** Whether the stream has no more than this. */
    boolean ended() {
        return ended;
    }

    /** Why the stream ended before its end, as far as is known; null where it did not. */
    @Nullable
    IOException broken() {
        return broken;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void fill() {
        fill(SIZE);
    }

    /** Whether there is room for more than is read, in a search for a place to cut at. */
    boolean grow() {
        if (ended || bytes.length >= LARGEST) {
            return false;
        }
        fill(bytes.length * 2);
        return true;
    }

    private void fill(int size) {
        if (bytes.length < size) {
            bytes = Arrays.copyOf(bytes, size);
        }
        try {
            while (!ended && length < bytes.length) {
                int read = stream.read(bytes, length, bytes.length - length);
                ended = read < 0;
                length += Math.max(read, 0);
            }
        } catch (IOException e) {
            broken = e;
            ended = true;
        }
    }

    /** Whether objects stand in it one after another, rather than in a list or in a log file. */
    boolean beginsWithObject() {
        return Frames.beginsWithObject(bytes, length);
    }

    /** Whether the first line ends like an object does. */
    boolean firstLineIsWhole() {
        int end = 0;
        while (end < length && bytes[end] != '\n') {
            end++;
        }
        end -= end > 0 && bytes[end - 1] == '\r' ? 1 : 0;
        return end > 0 && bytes[end - 1] == '}';
    }

    /**
     * Where the last object begins that begins a line, behind the end of another one; negative where there is none. A
     * closing bracket, a line break and an opening one stand in no object, however it is indented.
     */
    int lastBoundary() {
        for (int i = length - 1; i > 1; i--) {
            if (bytes[i] == '{' && bytes[i - 1] == '\n') {
                int before = bytes[i - 2] == '\r' ? i - 3 : i - 2;
                if (before >= 0 && bytes[before] == '}') {
                    return i;
                }
            }
        }
        return -1;
    }

    /** All of it; of a stream that broke, the lines that are whole. */
    int end() {
        int end = length;
        while (broken != null && end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Hands out what stands before a place. */
    Part.Text take(int end, boolean oneALine) {
        byte[] taken = bytes;
        bytes = new byte[Math.max(SIZE, length - end)];
        System.arraycopy(taken, end, bytes, 0, length - end);
        length -= end;
        long lines = 0;
        for (int i = 0; i < end; i++) {
            lines += taken[i] == '\n' ? 1 : 0;
        }
        return new Part.Text(taken, end, lines, oneALine);
    }

    void drop() {
        length = 0;
    }

    /** This and what the stream still has, or what it broke with. */
    InputStream rest() {
        InputStream read = new ByteArrayInputStream(bytes, 0, length);
        IOException why = broken;
        return new SequenceInputStream(read, why == null ? stream : new Broken(why));
    }

    /** The end of a stream that broke. */
    private static final class Broken extends InputStream {
        private final IOException why;

        Broken(IOException why) {
            this.why = why;
        }

        @Override
        public int read() throws IOException {
            throw why;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            throw why;
        }
    }
}
