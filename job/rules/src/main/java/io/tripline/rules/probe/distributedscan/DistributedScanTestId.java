package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.incident.TestId;

/** Tests of {@link DistributedScan}; some are made about the seconds of its window. */
public enum DistributedScanTestId implements TestId {
    FAILED("distinct services tried in vain in %s s by several sources"),
    UNSEEN("distinct services tried in %s s by several sources, answers not visible"),
    DECOYS("services tried by several sources at the same instant"),
    /** Told with the others when an incident opens. */
    SOURCES("sources that tried a like number of services");

    private final String phrase;

    DistributedScanTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
