package io.tripline.analyze;

import java.util.List;

/** Something that the user can put right: one line that says what, where, and what would be right. */
final class UserError extends RuntimeException {
    private final transient List<String> lines;
    private final int status;

    UserError(int status, String message) {
        this(status, List.of(message));
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
