package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.incident.TestId;

/** Signals of {@link IcmpTunnel} with their points; the first is made about the seconds looked at. */
public enum IcmpTunnelTestId implements TestId {
    PAYLOADS("different payloads in %s s", 20),
    MANY_PAYLOADS("different payloads: many", 10),
    ANSWERS("payloads of replies that no request carried", 40),
    CHANGING("eighths of the payload that change", 30),
    STAYING("eighths of the payload that stay as they are", -30),
    REPLIES("replies beyond five for four requests", 15),
    ENTROPY("percent of payloads with entropy high for their length", 25),
    SIZE("mean size of payloads, bytes", 15),
    SIZES("sizes of payloads", 15);

    private final String phrase;
    private final int points;

    IcmpTunnelTestId(String phrase, int points) {
        this.phrase = phrase;
        this.points = points;
    }

    @Override
    public String phrase() {
        return phrase;
    }

    @Override
    public int points() {
        return points;
    }
}
