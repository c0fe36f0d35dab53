package io.tripline.rules.flood.icmp;

import io.tripline.rules.incident.TestId;

/** Tests of {@link IcmpFlood}; a rate is measured over so many seconds. */
public enum IcmpFloodTestId implements TestId {
    PACKETS("ICMP packets in %s s"),
    PACKETS_USUAL("ICMP packets in %s the target's own median");

    private final String phrase;

    IcmpFloodTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
