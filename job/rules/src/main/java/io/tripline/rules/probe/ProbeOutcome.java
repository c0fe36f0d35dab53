package io.tripline.rules.probe;

/** What became of a probe, as far as it can be told by now; in order of strength. */
public enum ProbeOutcome {
    /** Answered, or the conversation went on. */
    OPEN,
    /** Refused. */
    CLOSED,
    /** No answer, at a tap that shows answers. */
    FILTERED,
    /** No answer, at a tap that shows none: nothing is known. */
    UNSEEN,
    /** Too early to say. */
    PENDING,
    /** It died on its way, as traceroute means it to. */
    EXPIRED;

    /** Whether the actor certainly did not get what it asked for. */
    public boolean failed() {
        return this == CLOSED || this == FILTERED;
    }

    /** Of several probes for the same thing: an answer to any is an answer, a refusal says more than silence. */
    public ProbeOutcome stronger(ProbeOutcome other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
