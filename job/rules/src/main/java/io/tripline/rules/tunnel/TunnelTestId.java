package io.tripline.rules.tunnel;

import io.tripline.rules.incident.TestId;

/** The test that all rules about tunnels make of the sum of their signals. */
public enum TunnelTestId implements TestId {
    POINTS("points of all signals");

    private final String phrase;

    TunnelTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
