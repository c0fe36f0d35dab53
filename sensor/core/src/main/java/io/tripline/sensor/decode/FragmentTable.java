package io.tripline.sensor.decode;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the first bytes of fragmented datagrams together, far enough to read their transport header (RFC 791, 3.2; RFC
 * 8200, 4.5).
 *
 * <p>Only the first {@link #SPAN} bytes of a datagram are kept, so memory is fixed whatever offsets and lengths say. Of
 * bytes that come twice the first stay, which makes overlaps harmless and hides nothing that the first fragment showed.
 * Sets of eight slots: a new datagram takes the place of the oldest in its set.
 */
final class FragmentTable {
    /** Bytes kept of each datagram: a TCP header with all its options, behind 68 bytes of extension headers. */
    static final int SPAN = 128;

    private static final int WAYS = 8;
    private static final int UNIT = 8;
    private static final int UNKNOWN = -1;

    private final long timeout;
    private final int setMask;
    private final UnsafeBuffer bytes;

    /** Addresses, four halves a slot. */
    private final long[] addresses;

    /** Identification, and above it the protocol. */
    private final long[] identifications;

    /** When the first fragment of a slot was seen. */
    private final long[] times;

    /** Bit n: bytes 8n to 8n+7 are there; 0 in a free slot. */
    private final int[] units;

    /** Bytes of the datagram; {@link #UNKNOWN} until its last fragment was seen. */
    private final int[] ends;

    /** Whether the header was given out already. */
    private final boolean[] done;

    private int shown;
    private long forgotten;

    FragmentTable(int slots, long timeout) {
        this.timeout = timeout;
        setMask = slots / WAYS - 1;
        bytes = new UnsafeBuffer(new byte[slots * SPAN]);
        addresses = new long[slots * 4];
        identifications = new long[slots];
        times = new long[slots];
        units = new int[slots];
        ends = new int[slots];
        done = new boolean[slots];
    }

    /** Datagrams that had to make room before their header was whole. */
    long forgotten() {
        return forgotten;
    }

    /**
     * Takes the fragment at the cursor.
     *
     * @param view addresses, identification and time of the fragment
     * @param at place of the fragment in the datagram, less than {@link #SPAN}
     * @return whether the header can be read now and could not be before; {@link #show} tells where
     */
    boolean add(PacketView view, Cursor cursor, int protocol, int at, boolean more) {
        if (cursor.declared == 0) {
            return false;
        }
        int slot = slot(view, ((long) protocol << 32) | (view.ipId & 0xffff_ffffL), at == 0);
        if (done[slot]) {
            return false;
        }
        boolean whole = cursor.available == cursor.declared;
        int length = Math.min(SPAN - at, cursor.available);
        for (int from = 0; from < length; from += UNIT) {
            int bit = 1 << ((at + from) / UNIT);
            int size = Math.min(UNIT, length - from);
            if ((units[slot] & bit) == 0 && (size == UNIT || (whole && !more))) {
                bytes.putBytes(slot * SPAN + at + from, cursor.buffer, cursor.offset + from, size);
                units[slot] |= bit;
            }
        }
        if (!more && ends[slot] == UNKNOWN) {
            ends[slot] = at + cursor.declared;
        }
        shown = slot;
        int together = together(slot);
        done[slot] = together == ends[slot]
                || HeaderReach.covers(protocol, view.etherType == EtherType.IPV4, bytes, slot * SPAN, together);
        return done[slot];
    }

    /** Points the cursor at the beginning of the datagram that was just completed. */
    void show(Cursor cursor) {
        cursor.reset(bytes, shown * SPAN, together(shown), ends[shown]);
    }

    /** Bytes from the beginning without a gap. */
    private int together(int slot) {
        int length = Integer.numberOfTrailingZeros(~units[slot]) * UNIT;
        return ends[slot] == UNKNOWN ? length : Math.min(length, ends[slot]);
    }

    /**
     * The datagram's slot. A first fragment of one that is done begins another datagram with the same identification.
     */
    private int slot(PacketView view, long identification, boolean first) {
        int begin = (hash(view, identification) & setMask) * WAYS;
        int free = begin;
        for (int slot = begin; slot < begin + WAYS; slot++) {
            boolean expired = units[slot] == 0 || Math.abs(view.time - times[slot]) > timeout;
            if (!expired && isSame(slot, view, identification)) {
                if (!done[slot] || !first) {
                    return slot;
                }
                free = slot;
                break;
            }
            if (age(slot, view.time) > age(free, view.time)) {
                free = slot;
            }
        }
        if (age(free, view.time) <= timeout && !done[free]) {
            forgotten++;
        }
        take(free, view, identification);
        return free;
    }

    private long age(int slot, long now) {
        return units[slot] == 0 ? Long.MAX_VALUE : Math.abs(now - times[slot]);
    }

    private void take(int slot, PacketView view, long identification) {
        addresses[slot * 4] = view.sourceHigh;
        addresses[slot * 4 + 1] = view.sourceLow;
        addresses[slot * 4 + 2] = view.destinationHigh;
        addresses[slot * 4 + 3] = view.destinationLow;
        identifications[slot] = identification;
        times[slot] = view.time;
        units[slot] = 0;
        ends[slot] = UNKNOWN;
        done[slot] = false;
    }

    private boolean isSame(int slot, PacketView view, long identification) {
        return identifications[slot] == identification
                && addresses[slot * 4 + 1] == view.sourceLow
                && addresses[slot * 4 + 3] == view.destinationLow
                && addresses[slot * 4] == view.sourceHigh
                && addresses[slot * 4 + 2] == view.destinationHigh;
    }

    private static int hash(PacketView view, long identification) {
        long mixed = view.sourceHigh * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ (mixed >>> 32) ^ view.sourceLow) * 0xc2b2_ae3d_27d4_eb4fL;
        mixed = (mixed ^ (mixed >>> 32) ^ view.destinationHigh) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ (mixed >>> 32) ^ view.destinationLow) * 0xc2b2_ae3d_27d4_eb4fL;
        mixed = (mixed ^ (mixed >>> 32) ^ identification) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 32);
    }
}
