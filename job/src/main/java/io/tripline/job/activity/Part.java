package io.tripline.job.activity;

import java.io.DataOutput;
import java.io.IOException;

/**
 * What one subject did in one second of stream time, as far as one part of the stream shows it. Parts of the same subject's same second merge to
 * the same whole in any order, so whatever they hold is a sum, a maximum, a set or a sketch. Bounded, whatever arrives.
 *
 * @param <K> what tells subjects apart; has {@code equals} and {@code hashCode}
 * @param <P> the type itself
 */
public interface Part<K, P extends Part<K, P>> {
    K subject();

    /** Stream time, whole seconds since the epoch. */
    long second();

    /** Adds another part of the same subject's same second. */
    void merge(P other);

    void write(DataOutput out) throws IOException;
}
