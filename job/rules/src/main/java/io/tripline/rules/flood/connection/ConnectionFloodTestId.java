package io.tripline.rules.flood.connection;

import io.tripline.rules.incident.TestId;

/** Tests of {@link ConnectionFlood}; a rate is measured over so many seconds. */
public enum ConnectionFloodTestId implements TestId {
    CONNECTIONS("TCP connections in %s s"),
    CONNECTIONS_USUAL("TCP connections in %s the target's own median"),
    PER_PORT("TCP connections to each port"),
    BUSY_SOURCES("of the connections by sources with more than %s each, percent");

    private final String phrase;

    ConnectionFloodTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
