package io.tripline.rules.network;

import io.tripline.schemas.Address;
import java.util.Comparator;

/**
 * A service that accepted.
 *
 * @param service see {@link Service}
 */
public record OpenService(Address address, int service) implements Comparable<OpenService> {
    private static final Comparator<OpenService> ORDER =
            Comparator.comparing(OpenService::address).thenComparingInt(OpenService::service);

    /**
     * How often.
     *
     * @param first capture time of the first, microseconds
     * @param times how many times
     */
    public record Seen(long first, long times) {
        public Seen plus(Seen other) {
            return new Seen(Math.min(first, other.first), times + other.times);
        }
    }

    @Override
    public int compareTo(OpenService other) {
        return ORDER.compare(this, other);
    }
}
