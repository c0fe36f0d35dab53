package io.tripline.stack;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;

/** Something about servers that the user can put right: one line that says what, where, and what would be right. */
public final class StackError extends UserError {
    private static final long serialVersionUID = 1;

    public StackError(String message) {
        super(ExitStatus.UNAVAILABLE, message);
    }

    public StackError(String message, Throwable cause) {
        super(ExitStatus.UNAVAILABLE, message, cause);
    }
}
