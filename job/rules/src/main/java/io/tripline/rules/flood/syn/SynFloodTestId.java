package io.tripline.rules.flood.syn;

import io.tripline.rules.incident.TestId;

/** Tests of {@link SynFlood}; a rate is measured over so many seconds. */
public enum SynFloodTestId implements TestId {
    UNCOMPLETED("TCP handshakes begun and not completed in %s s"),
    UNCOMPLETED_USUAL("TCP handshakes begun and not completed in %s the target's own median"),
    UNCOMPLETED_SHARE("of these handshakes not completed, percent"),
    OPEN("TCP handshakes left open in %s s"),
    OPEN_USUAL("TCP handshakes left open in %s the target's own median"),
    OPEN_SHARE("of these handshakes left open, percent"),
    FIRST_SYNS("of the SYNs no repeats, percent");

    private final String phrase;

    SynFloodTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
