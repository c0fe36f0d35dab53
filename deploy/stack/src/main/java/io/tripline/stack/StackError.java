package io.tripline.stack;

/** Something about servers that the user can put right: one line that says what, where, and what would be right. */
public final class StackError extends RuntimeException {
    public StackError(String message) {
        super(message);
    }

    public StackError(String message, Throwable cause) {
        super(message, cause);
    }
}
