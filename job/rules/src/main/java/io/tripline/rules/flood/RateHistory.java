package io.tripline.rules.flood;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How fast something usually came: packets of the last ten minutes in slots of ten seconds, and the median of these. The median is what half of
 * the slots stay under: a burst of less than five minutes does not move it (breakdown point 50 %, P. J. Huber, "Robust Statistics", 1981).
 *
 * <p>Memory: 500 bytes.
 */
final class RateHistory {
    static final int SLOT_SECONDS = 10;
    static final int SLOTS = 60;

    /** Fewer slots than this say nothing. */
    static final int ENOUGH = 6;

    /** No baseline is known. */
    static final long UNKNOWN = -1;

    private final long[] packets = new long[SLOTS];
    private final long firstSlot;
    private long newestSlot;

    RateHistory(long second) {
        this(Math.floorDiv(second, SLOT_SECONDS), Math.floorDiv(second, SLOT_SECONDS));
    }

    private RateHistory(long firstSlot, long newestSlot) {
        this.firstSlot = firstSlot;
        this.newestSlot = newestSlot;
    }

    /** Adds packets; a negative number says that this second tells nothing about what is usual. */
    void add(long second, long morePackets) {
        long slot = advance(second);
        int at = (int) Math.floorMod(slot, (long) SLOTS);
        packets[at] = morePackets < 0 || packets[at] < 0 ? UNKNOWN : packets[at] + morePackets;
    }

    /** Seconds over which the baseline was taken. */
    long seconds(long second) {
        return known(second).length * (long) SLOT_SECONDS;
    }

    /** Usual packets a second; {@link #UNKNOWN} where the history is too short. The slot of this second and the one before are left out. */
    long perSecond(long second) {
        long[] known = known(second);
        if (known.length < ENOUGH) {
            return UNKNOWN;
        }
        Arrays.sort(known);
        long median = known[known.length / 2];
        return (median + SLOT_SECONDS - 1) / SLOT_SECONDS;
    }

    /** The second after which it says nothing any more if nothing more comes. */
    long expires() {
        return (newestSlot + SLOTS) * SLOT_SECONDS;
    }

    private long[] known(long second) {
        long slot = advance(second);
        long[] known = new long[SLOTS];
        int count = 0;
        for (long s = Math.max(firstSlot, slot - SLOTS + 1); s < slot - 1; s++) {
            long value = packets[(int) Math.floorMod(s, (long) SLOTS)];
            if (value >= 0) {
                known[count++] = value;
            }
        }
        return Arrays.copyOf(known, count);
    }

    private long advance(long second) {
        long slot = Math.floorDiv(second, SLOT_SECONDS);
        if (slot - newestSlot >= SLOTS) {
            Arrays.fill(packets, 0);
        } else {
            for (long s = newestSlot + 1; s <= slot; s++) {
                packets[(int) Math.floorMod(s, (long) SLOTS)] = 0;
            }
        }
        newestSlot = Math.max(newestSlot, slot);
        return slot;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(firstSlot);
        out.writeLong(newestSlot);
        int from = (int) Math.min(SLOTS - 1, newestSlot - firstSlot);
        out.writeInt(from + 1);
        for (long s = newestSlot - from; s <= newestSlot; s++) {
            out.writeLong(packets[(int) Math.floorMod(s, (long) SLOTS)]);
        }
    }

    static RateHistory read(DataInput in) throws IOException {
        RateHistory history = new RateHistory(in.readLong(), in.readLong());
        int slots = Stored.readSize(in, SLOTS, "slots");
        for (long s = history.newestSlot - slots + 1; s <= history.newestSlot; s++) {
            history.packets[(int) Math.floorMod(s, (long) SLOTS)] = in.readLong();
        }
        return history;
    }
}
