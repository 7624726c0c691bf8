package dev.backstop.functions.line;

/** Another invocation is dealing with this finding: thrown so that the caller's retry looks again. */
public final class StillBusyException extends RuntimeException {
    StillBusyException(String key) {
        super("another invocation is dealing with " + key);
    }
}
