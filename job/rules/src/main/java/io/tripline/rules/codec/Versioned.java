package io.tripline.rules.codec;

/** An input that tells in which format its bytes were written; see {@link Stored#isSince}. */
public interface Versioned {
    /** The number of a format that is no longer the latest is lower than the latest's. */
    int LATEST = Integer.MAX_VALUE;

    /** Number of the format, {@link #LATEST} for what this program wrote. */
    int version();
}
