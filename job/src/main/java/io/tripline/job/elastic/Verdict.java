package io.tripline.job.elastic;

/** What became of a document. */
sealed interface Verdict {
    /** It is stored. */
    record Stored() implements Verdict {}

    /** A newer one with its id is stored already. */
    record Superseded() implements Verdict {}

    /** Not now. With {@code limited}, so many times and no more: the fault may be the document's own. */
    record Again(String reason, boolean limited) implements Verdict {}

    /** Never. */
    record Rejected(String reason) implements Verdict {}

    /** Nor any other, until somebody changes something. */
    record Hopeless(String reason) implements Verdict {}
}
