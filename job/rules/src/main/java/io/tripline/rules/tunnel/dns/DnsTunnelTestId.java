package io.tripline.rules.tunnel.dns;

import io.tripline.rules.incident.TestId;

/** Signals of {@link DnsTunnel} with their points; some are made about the seconds looked at. */
public enum DnsTunnelTestId implements TestId {
    NAMES("different encoded names in %s s", 20),
    MANY_NAMES("different encoded names: many", 10),
    CARRIED("bytes that the names can carry in %s s", 20),
    MUCH_CARRIED("bytes that the names can carry: many", 10),
    DATA_TYPES("percent of messages for record types that carry data", 30),
    ANSWERS("bytes of answers of such types", 15),
    LONG_NAMES("mean length of names before the domain", 15),
    LENGTHS("lengths of names", 10),
    REPEATS("queries for each name", -20),
    REPUTATION("a domain of a reputation service", -30);

    private final String phrase;
    private final int points;

    DnsTunnelTestId(String phrase, int points) {
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
