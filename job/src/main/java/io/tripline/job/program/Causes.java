package io.tripline.job.program;

/** What an exception of a client says in the end. */
final class Causes {
    private static final int LENGTH = 300;

    private Causes() {}

    /** The innermost cause, one line. */
    static String told(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        String message = at.getMessage();
        String text = at.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    }
}
