package io.tripline.rules.probe.slowscan;

import io.tripline.rules.incident.TestId;

/** Tests of {@link SlowScan}; each is made about the hours that failures are remembered. */
public enum SlowScanTestId implements TestId {
    FAILED_AT_ONE("services of one target that failed in %s h"),
    FAILED("distinct hosts and services that failed in %s h"),
    STEALTH("distinct hosts and services tried as no ordinary program does in %s h"),
    UNSEEN("services of one target tried in %s h, answers not visible");

    private final String phrase;

    SlowScanTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
