package io.tripline.rules.probe.hostsweep;

import io.tripline.rules.incident.TestId;

/** Tests of {@link HostSweep}. */
public enum HostSweepTestId implements TestId {
    ASKED("distinct hosts asked by %s in 60 s"),
    LOST("of these refused or silent, percent"),
    FAILED("distinct hosts that failed for %s in 60 s"),
    FAILED_SHARE("of all hosts asked for %s, percent"),
    UNSEEN("distinct hosts asked for %s in 60 s, answers not visible"),
    /** The sequential test (see {@link SequentialTest}): the one kind that decides on few failures. */
    FIRST_CONTACTS("first contacts for %s that failed, less those that succeeded");

    private final String phrase;

    HostSweepTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
