package dev.backstop.cli.input;

/** Follows one JSON value byte by byte: how deep it is, whether in a string, and where it must be broken. */
final class Brackets {
    private int depth;
    private boolean string;
    private boolean escaped;
    private boolean lineBegins;
    private int last;

    /** @param oneALine whether a value that begins a line must be a new one, as in NDJSON */
    State read(int next, boolean oneALine) {
        if (string) {
            return inString(next);
        }
        boolean begins = lineBegins;
        lineBegins = next == '\n';
        switch (next) {
            case '"' -> string = true;
            case '{' -> {
                boolean wanted = last == ',' || last == ':' || last == '[';
                if (depth > 0 && begins && (oneALine || !wanted)) {
                    return State.BROKEN;
                }
                depth++;
            }
            case '[' -> depth++;
            case '}', ']' -> depth--;
            case ' ', '\t', '\r', '\n' -> {
                return State.OPEN;
            }
            default -> {}
        }
        last = next;
        return depth == 0 ? State.CLOSED : State.OPEN;
    }

    /** A JSON string holds no line break: one in it means that the rest of the line is missing. */
    private State inString(int next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            string = false;
        }
        return next == '\n' ? State.BROKEN : State.OPEN;
    }

    enum State {
        OPEN,
        CLOSED,
        BROKEN
    }
}
