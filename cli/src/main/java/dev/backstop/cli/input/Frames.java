package dev.backstop.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into the JSON objects that may be records, by brackets and quotes alone, so that a broken one costs itself
 * and not the rest: objects one after another (NDJSON, pretty-printed or not), lists of them, and CloudTrail's log files,
 * {@code {"Records":[…]}}.
 */
final class Frames {
    private static final Pattern LOG_FILE = Pattern.compile("\\s*\"Records\"\\s*:\\s*\\[");
    private static final int LOG_FILE_LENGTH = 64;
    private static final int BEGINNING = 1_024;
    private static final String BOM = "\u00ef\u00bb\u00bf";

    private final Bytes bytes;
    private Place place = Place.OUTSIDE;
    private long number;
    private boolean begun;
    private boolean lines;
    private boolean lost;

    /** @param oneALine whether every object is to be on one line, as far as is known */
    Frames(InputStream stream, boolean oneALine) {
        bytes = new Bytes(stream);
        lines = oneALine;
    }

    /** Whether a file begins like objects one after another: no list, and no log file with one in it. */
    static boolean beginsWithObject(byte[] file, int length) {
        String beginning = new String(file, 0, Math.min(length, BEGINNING), StandardCharsets.ISO_8859_1);
        String first = (beginning.startsWith(BOM) ? beginning.substring(BOM.length()) : beginning).stripLeading();
        return first.startsWith("{") && !LOG_FILE.matcher(first.substring(1)).lookingAt();
    }

    /** The next frame, or null at the end of the file. */
    @Nullable
    Frame next() throws IOException {
        if (!begun && bytes.ahead(BOM.length()).equals(BOM)) {
            skip(BOM.length());
        }
        while (true) {
            int next = lost ? afterLineBreak() : significant();
            if (next == Bytes.END) {
                return end();
            }
            boolean first = !begun;
            begun = true;
            switch (next) {
                case '{' -> {
                    if (place != Place.OUTSIDE || !opensLogFile()) {
                        return value(next);
                    }
                }
                case '[' -> {
                    if (place != Place.OUTSIDE) {
                        return value(next);
                    }
                    place = Place.LIST;
                }
                case ']' -> {
                    if (place == Place.LOG_FILE && !restOfLogFile()) {
                        return fault("is cut off: the file ends before its last bracket");
                    }
                    place = Place.OUTSIDE;
                }
                case ',' -> {}
                default -> {
                    return stray(next, first);
                }
            }
        }
    }

    /** One object or list, to its last bracket, or to where it turns out to be broken. */
    private Frame value(int first) throws IOException {
        long line = bytes.line();
        number++;
        bytes.keep();
        Brackets brackets = new Brackets();
        int next = first;
        while (next != Bytes.END) {
            switch (brackets.read(next, lines && place == Place.OUTSIDE)) {
                case OPEN -> next = bytes.read();
                case CLOSED -> {
                    byte[] value = bytes.kept();
                    lines = line == bytes.line();
                    return new Frame(number, line, value, bytes.overflow() ? "is larger than 8 MB" : null);
                }
                case BROKEN -> {
                    bytes.unread();
                    bytes.kept();
                    lost = next == '\n';
                    return new Frame(number, line, new byte[0], "is cut off: its line ends in the middle of it");
                }
            }
        }
        place = Place.OUTSIDE;
        return new Frame(number, line, bytes.kept(), "is cut off: the file ends in the middle of it");
    }

    /** What is neither a bracket nor between two: at the beginning it says that the file is something else. */
    private Frame stray(int next, boolean first) throws IOException {
        if (first) {
            place = Place.NOWHERE;
            return fault("is not JSON: it begins with neither { nor [");
        }
        lost = place == Place.OUTSIDE;
        if (!lost) {
            skipScalar(next);
        }
        return fault("is not a JSON object");
    }

    private void skipScalar(int first) throws IOException {
        boolean string = first == '"';
        int next = bytes.read();
        while (next != Bytes.END && next != '\n' && (string || (next != ',' && next != ']'))) {
            string ^= next == '"';
            next = bytes.read();
        }
        if (next != Bytes.END) {
            bytes.unread();
        }
    }

    private @Nullable Frame end() {
        boolean open = place == Place.LIST || place == Place.LOG_FILE;
        place = Place.OUTSIDE;
        return open && !lost ? fault("is cut off: the file ends before its last bracket") : null;
    }

    /** What is wrong at this place. */
    Frame fault(String why) {
        return new Frame(++number, bytes.line(), new byte[0], why);
    }

    private boolean opensLogFile() throws IOException {
        var matcher = LOG_FILE.matcher(bytes.ahead(LOG_FILE_LENGTH));
        if (!matcher.lookingAt()) {
            return false;
        }
        skip(matcher.end());
        place = Place.LOG_FILE;
        return true;
    }

    /** What follows the list of records in a log file: at least a bracket. */
    private boolean restOfLogFile() throws IOException {
        Brackets brackets = new Brackets();
        brackets.read('{', false);
        for (int next = bytes.read(); next != Bytes.END; next = bytes.read()) {
            if (brackets.read(next, false) == Brackets.State.CLOSED) {
                return true;
            }
        }
        return false;
    }

    private int significant() throws IOException {
        int next = place == Place.NOWHERE ? Bytes.END : bytes.read();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            next = bytes.read();
        }
        return next;
    }

    /** After something broken: the next object that begins a line. */
    private int afterLineBreak() throws IOException {
        int before = 0;
        int next = bytes.read();
        while (next != Bytes.END && !(next == '{' && before == '\n')) {
            before = next;
            next = bytes.read();
        }
        lost = next == Bytes.END;
        return next;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            bytes.read();
        }
    }

    private enum Place {
        OUTSIDE,
        LIST,
        LOG_FILE,
        NOWHERE
    }
}
