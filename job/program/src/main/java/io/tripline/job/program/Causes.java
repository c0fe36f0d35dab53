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
        return cut(text);
    }

    /** The innermost cause that a stack trace names, one line. */
    static String ofTrace(String trace) {
        return cut(trace.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce((outer, inner) -> inner.startsWith("Caused by: ") ? inner : outer)
                .orElse("no reason given")
                .replaceFirst("^Caused by: ", "")
                .replaceFirst("^[\\w$.]*\\.(?=[\\w$]+(: |$))", ""));
    }

    private static String cut(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    }
}
