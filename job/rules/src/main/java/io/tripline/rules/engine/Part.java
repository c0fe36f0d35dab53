package io.tripline.rules.engine;

import java.io.DataOutput;
import java.io.IOException;

/**
 * What one subject did in one second of stream time, as far as one part of the stream shows it. Bounded, whatever arrives.
 *
 * <p>Parts of what one sensor saw of a second {@linkplain #merge merge}: no packet is in two of them, so that whatever they hold is a sum, a maximum,
 * a set or a sketch, the same in any order. What two sensors saw is {@linkplain #combine combined} when it is whole: a packet that passes two taps
 * is in both.
 *
 * @param <K> what tells subjects apart; has {@code equals} and {@code hashCode}
 * @param <P> the type itself
 */
public interface Part<K, P extends Part<K, P>> {
    K subject();

    /** Stream time, whole seconds since the epoch. */
    long second();

    /** Name of the sensor that saw it; empty where parts of all sensors merge, because no two see the same. */
    String sensor();

    /** Adds another part of what the same sensor saw of the same subject's same second. */
    void merge(P other);

    /**
     * Adds what another sensor saw of the same subject's same second, when both are whole: sets unite; of the same thing the larger count holds, since
     * both may have seen the same packets; counts of different things add up. Sensors are combined in the order of their names. The other is not to be
     * used any more.
     */
    default void combine(P other) {
        merge(other);
    }

    /**
     * Moves to a later second, where this tells of its sender rather than of traffic, so that it is not too late for it.
     *
     * @return whether it did; otherwise nothing changed
     */
    default boolean raise(long later) {
        return false;
    }

    /** Whether it is so little that a subject of which nothing is known may be left out for it, where there are too many. */
    default boolean isLittle() {
        return false;
    }

    void write(DataOutput out) throws IOException;
}
