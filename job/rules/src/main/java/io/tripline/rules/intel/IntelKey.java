package io.tripline.rules.intel;

import io.tripline.rules.codec.Codec;
import io.tripline.schemas.Address;

/**
 * A contact with something listed: who began it, and the entry that the other end, or the one who began it, is listed by.
 *
 * @param actor who began
 * @param entry address, network or domain as listed
 * @param list where the entry comes from
 * @param begunByListed whether the actor is what is listed
 */
public record IntelKey(Address actor, String entry, IntelList list, boolean begunByListed) {
    public static final Codec<IntelKey> CODEC =
            Codec.of("intel-key", 1, IntelKey.class, IntelContact::writeKey, IntelContact::readKey);

    /** Stable across processes: Flink partitions keys by it. */
    @Override
    public int hashCode() {
        return (actor.hashCode() * 31 + entry.hashCode()) * 31 + (begunByListed ? 1 : 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntelKey that
                && begunByListed == that.begunByListed
                && actor.equals(that.actor)
                && entry.equals(that.entry)
                && list.equals(that.list);
    }

    @Override
    public String toString() {
        return actor + (begunByListed ? " (listed as " : " with (") + entry + ")";
    }
}
