package io.tripline.job.elastic;

/** What became of a document. */
sealed interface Verdict {
    /** It is stored. */
    record Stored() implements Verdict {}

    /** A newer one with its id is stored already. */
    record Superseded() implements Verdict {}

    /** What is stored was changed by somebody while it was looked at: look again. */
    record Changed() implements Verdict {}

    /** What keeps a document from being stored now. */
    enum Blame {
        /** It takes nothing, or nothing of ours: all have to wait. */
        SERVER,
        /** Others may be stored meanwhile. */
        INDEX,
        /** Perhaps the document: so many times and no more. */
        DOCUMENT
    }

    /**
     * Not now.
     *
     * @param status of HTTP; {@link Answer#NONE} where no answer came
     * @param reason one line
     */
    record Again(int status, String reason, Blame blame) implements Verdict {}

    /** Never. */
    record Rejected(String reason) implements Verdict {}
}
