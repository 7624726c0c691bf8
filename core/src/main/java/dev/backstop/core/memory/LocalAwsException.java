package dev.backstop.core.memory;

/** An error as AWS would answer it, by its error code. */
public final class LocalAwsException extends RuntimeException {
    public LocalAwsException(String code, String message) {
        super(code + ": " + message);
    }
}
