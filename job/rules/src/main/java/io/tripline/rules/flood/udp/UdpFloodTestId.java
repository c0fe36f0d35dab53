package io.tripline.rules.flood.udp;

import io.tripline.rules.incident.TestId;

/** Tests of {@link UdpFlood}; a rate is measured over so many seconds. */
public enum UdpFloodTestId implements TestId {
    UNANSWERED("datagrams without answer in %s s"),
    UNANSWERED_USUAL("datagrams without answer in %s the target's own median"),
    UNANSWERED_SHARE("of the datagrams without answer, percent"),
    BEGUN_SHARE("of the datagrams that begin a conversation, percent"),
    UNASKED("answers that nobody asked for in %s s"),
    UNASKED_USUAL("answers that nobody asked for in %s the target's own median"),
    REFLECTORS("servers that sent them");

    private final String phrase;

    UdpFloodTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
