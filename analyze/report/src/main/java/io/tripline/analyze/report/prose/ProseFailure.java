package io.tripline.analyze.report.prose;

/**
 * Why there is no text of a language model; the message is one line in our own words, without anything that the other
 * side sent.
 */
public final class ProseFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ProseFailure(String message) {
        super(message);
    }
}
