package dev.backstop.core;

/** Input that cannot be used: says where, which field, and what to do about it. */
public final class BadInputException extends RuntimeException {
    /**
     * @param where the file, or file and position; what a person can open
     * @param field the key or field that is wrong
     * @param remedy what is wrong with it and what would be right, in one sentence
     */
    public BadInputException(String where, String field, String remedy) {
        super(where + ": " + field + ": " + remedy);
    }
}
