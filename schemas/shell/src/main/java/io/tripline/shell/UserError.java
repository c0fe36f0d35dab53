package io.tripline.shell;

import java.util.List;

/** Something that the user can put right: lines that say what, where, and what would be right. */
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines;
    private final int status;

    /**
     * One thing that is wrong.
     *
     * @param status one of {@link ExitStatus}
     */
    public UserError(int status, String message) {
        this(status, List.of(message));
    }

    /** One thing that is wrong because of another. */
    @SuppressWarnings("this-escape")
    public UserError(int status, String message, Throwable cause) {
        this(status, List.of(message));
        initCause(cause);
    }

    /** Several things wrong at once, one line each. */
    public UserError(int status, List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
        this.status = status;
    }

    /** A wrong option, argument or setting. */
    public static UserError usage(String line) {
        return new UserError(ExitStatus.USAGE, line);
    }

    public List<String> lines() {
        return lines;
    }

    public int status() {
        return status;
    }
}
