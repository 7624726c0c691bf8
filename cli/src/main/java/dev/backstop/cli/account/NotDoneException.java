package dev.backstop.cli.account;

/** Something that was asked for and could not be done, though nothing was wrong with the asking: says what to do instead. */
public final class NotDoneException extends RuntimeException {
    public NotDoneException(String message, Throwable cause) {
        super(message, cause);
    }

    public NotDoneException(String message) {
        super(message);
    }
}
