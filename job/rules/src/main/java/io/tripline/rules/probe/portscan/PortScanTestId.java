package io.tripline.rules.probe.portscan;

import io.tripline.rules.incident.TestId;

/** Tests of {@link PortScan}. */
public enum PortScanTestId implements TestId {
    PORTS("distinct ports of one target in 60 s"),
    FAILED("of these refused or silent, percent"),
    UNSEEN("distinct ports of one target in 60 s, answers not visible"),
    TECHNIQUES("techniques within %s s, a stealth one among them");

    private final String phrase;

    PortScanTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
