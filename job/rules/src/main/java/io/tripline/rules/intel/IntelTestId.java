package io.tripline.rules.intel;

import io.tripline.rules.incident.TestId;

/** The test of {@link IntelMatch}. */
public enum IntelTestId implements TestId {
    PACKETS("packets to and from what is listed");

    private final String phrase;

    IntelTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
