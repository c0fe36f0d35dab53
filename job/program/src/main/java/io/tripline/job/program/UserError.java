package io.tripline.job.program;

import java.util.List;

/** Something that the user can put right: lines that say what, where, and what would be right. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines;
    private final int status;

    UserError(int status, String message) {
        this(status, List.of(message));
    }

    UserError(int status, String message, Throwable cause) {
        this(status, List.of(message));
        initCause(cause);
    }

    /** Several things wrong at once, one line each. */
    UserError(int status, List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
        this.status = status;
    }

    List<String> lines() {
        return lines;
    }

    int status() {
        return status;
    }
}
