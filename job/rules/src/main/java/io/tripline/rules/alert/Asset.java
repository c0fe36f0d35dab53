package io.tripline.rules.alert;

import io.tripline.rules.network.Prefix;
import java.io.Serializable;
import java.util.Locale;

/**
 * Something that matters more or less than other hosts.
 *
 * @param network address or network
 * @param name as people call it
 */
public record Asset(Prefix network, String name, Criticality criticality) implements Serializable {
    /** How bad it would be to lose it; adds so many points to the risk of what is done to it. */
    public enum Criticality {
        LOW(0),
        MEDIUM(4),
        HIGH(8),
        CRITICAL(16);

        private final int points;

        Criticality(int points) {
            this.points = points;
        }

        /** What it adds to a risk. */
        public int points() {
            return points;
        }

        /** The name in settings. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
