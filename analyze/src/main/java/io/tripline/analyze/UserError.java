package io.tripline.analyze;

/** Something that the user can put right: one line that says what, where, and what would be right. */
final class UserError extends RuntimeException {
    private final int status;

    UserError(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
