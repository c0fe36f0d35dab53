package io.tripline.rules.probe.bruteforce;

import io.tripline.rules.incident.TestId;

/** Tests of {@link BruteForce}; each is made about a service. */
public enum BruteForceTestId implements TestId {
    MINUTE("short conversations with %s in 60 s"),
    HALF_HOUR("short conversations with %s in 30 minutes"),
    SPRAYED("targets of short conversations with %s in 60 s");

    private final String phrase;

    BruteForceTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
