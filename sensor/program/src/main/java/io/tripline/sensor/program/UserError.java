package io.tripline.sensor.program;

import java.util.List;

/** Something that the user can put right: one line each that says what, where, and what would be right. */
final class UserError extends RuntimeException {
    private final transient List<String> lines;
    private final int status;

    UserError(int status, String line) {
        this(status, List.of(line));
    }

    UserError(int status, List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
        this.status = status;
    }

    static UserError usage(String line) {
        return new UserError(ExitStatus.USAGE, line);
    }

    List<String> lines() {
        return lines;
    }

    int status() {
        return status;
    }
}
