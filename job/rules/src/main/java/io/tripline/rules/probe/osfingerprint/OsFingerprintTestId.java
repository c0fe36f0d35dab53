package io.tripline.rules.probe.osfingerprint;

import io.tripline.rules.incident.TestId;

/** The test of {@link OsFingerprint}. */
public enum OsFingerprintTestId implements TestId {
    KINDS("kinds of operating system probe to one target, pauses under %s s");

    private final String phrase;

    OsFingerprintTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
