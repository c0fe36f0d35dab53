package io.tripline.sensor.flow;

/**
 * Conversations in fixed memory: a set-associative table of eight-slot buckets, 64 bytes a slot.
 *
 * <p>A look-up never leaves its bucket, whose slots lie side by side, so chosen addresses and ports cannot slow it
 * down; they can only push each other out. When a bucket is full, the slot that has been idle longest gives way: under
 * a flood the newest probes stay long enough to see their answers. Slots fill from the bucket's front and are never
 * freed, only reused, so the first empty one ends a search.
 */
final class FlowTable {
    /** Bits of a conversation's state that the table keeps; the lowest four say how long it may rest. */
    static final int STATE_BITS = 22;

    private static final int BUCKET = 8;
    private static final int WORDS = 8;
    private static final int ENDS = 4;
    private static final int MARK = 5;
    private static final int NUMBERS = 6;
    private static final int VOLUME = 7;
    private static final int STATE = (1 << STATE_BITS) - 1;

    /** Resolution of "last seen": 2^14 µs, so that times up to the year 9999 fit into the 44 bits above the state. */
    private static final int TICK_SHIFT = 14;

    private final long[] words;
    private final int bucketMask;
    private final long[] idleTicks = new long[16];
    private long evicted;

    /** Room for so many conversations; a power of two. */
    FlowTable(int slots) {
        words = new long[slots * WORDS];
        bucketMask = slots / BUCKET - 1;
    }

    /** After so many seconds without a packet, a conversation whose state has these lowest four bits is forgotten. */
    void idle(int idleClass, long seconds) {
        idleTicks[idleClass] = (seconds * StreamClock.SECOND) >> TICK_SHIFT;
    }

    /** The slot of the key's conversation, or -1 where there is none or it has been idle for too long. */
    int find(FlowKey key, long hash, long time) {
        int first = bucket(hash);
        for (int slot = first; slot < first + BUCKET; slot++) {
            long mark = words[slot * WORDS + MARK];
            if (mark == 0) {
                return -1;
            }
            if (holds(slot, key)) {
                return stale(mark, time >>> TICK_SHIFT) ? -1 : slot;
            }
        }
        return -1;
    }

    /**
     * A slot for a new conversation of this key, in place of an old one of the same key, an empty, a stale or the
     * idlest one.
     *
     * @param state not 0, see {@link #STATE_BITS}
     */
    int claim(FlowKey key, long hash, int state, long time) {
        int slot = place(key, hash, time >>> TICK_SHIFT);
        int at = slot * WORDS;
        words[at] = key.firstHigh;
        words[at + 1] = key.firstLow;
        words[at + 2] = key.secondHigh;
        words[at + 3] = key.secondLow;
        words[at + ENDS] = key.ends;
        words[at + MARK] = (time >>> TICK_SHIFT << STATE_BITS) | state;
        words[at + NUMBERS] = 0;
        words[at + VOLUME] = -1;
        return slot;
    }

    private int place(FlowKey key, long hash, long tick) {
        int first = bucket(hash);
        if (words[(first + BUCKET - 1) * WORDS + MARK] == 0) {
            return placeInRoom(key, first, tick);
        }
        // Of several equally idle ones any may go; always the same would push out the newest.
        int turn = (int) (hash >>> 61);
        int idlest = first;
        int spare = -1;
        long idlestTick = Long.MAX_VALUE;
        for (int i = 0; i < BUCKET; i++) {
            int slot = first + ((i + turn) & (BUCKET - 1));
            if (holds(slot, key)) {
                return slot;
            }
            long mark = words[slot * WORDS + MARK];
            if (stale(mark, tick)) {
                spare = slot;
            } else if (mark >>> STATE_BITS < idlestTick) {
                idlestTick = mark >>> STATE_BITS;
                idlest = slot;
            }
        }
        if (spare >= 0) {
            return spare;
        }
        evicted++;
        return idlest;
    }

    private int placeInRoom(FlowKey key, int first, long tick) {
        int spare = -1;
        int slot = first;
        for (; words[slot * WORDS + MARK] != 0; slot++) {
            if (holds(slot, key)) {
                return slot;
            }
            if (spare < 0 && stale(words[slot * WORDS + MARK], tick)) {
                spare = slot;
            }
        }
        return spare >= 0 ? spare : slot;
    }

    /** Stores what became of a conversation, and that it has been seen now. */
    void update(int slot, int state, long time) {
        int at = slot * WORDS + MARK;
        long tick = Math.max(words[at] >>> STATE_BITS, time >>> TICK_SHIFT);
        words[at] = (tick << STATE_BITS) | state;
    }

    int state(int slot) {
        return (int) words[slot * WORDS + MARK] & STATE;
    }

    long firstHigh(int slot) {
        return words[slot * WORDS];
    }

    long firstLow(int slot) {
        return words[slot * WORDS + 1];
    }

    long secondHigh(int slot) {
        return words[slot * WORDS + 2];
    }

    long secondLow(int slot) {
        return words[slot * WORDS + 3];
    }

    int firstPort(int slot) {
        return (int) (words[slot * WORDS + ENDS] >>> 48);
    }

    int secondPort(int slot) {
        return (int) (words[slot * WORDS + ENDS] >>> 32) & 0xffff;
    }

    /** Sequence and acknowledgment number of the first packet. */
    long numbers(int slot) {
        return words[slot * WORDS + NUMBERS];
    }

    void numbers(int slot, long value) {
        words[slot * WORDS + NUMBERS] = value;
    }

    /** Where the conversation's volume stands in the batch; -1 in a new slot. */
    long volume(int slot) {
        return words[slot * WORDS + VOLUME];
    }

    void volume(int slot, long reference) {
        words[slot * WORDS + VOLUME] = reference;
    }

    /** Conversations so far that were forgotten for want of room. */
    long evicted() {
        return evicted;
    }

    private boolean holds(int slot, FlowKey key) {
        int at = slot * WORDS;
        return words[at + 1] == key.firstLow
                && words[at + 3] == key.secondLow
                && words[at + ENDS] == key.ends
                && words[at] == key.firstHigh
                && words[at + 2] == key.secondHigh;
    }

    private boolean stale(long mark, long tick) {
        return tick - (mark >>> STATE_BITS) > idleTicks[(int) mark & 15];
    }

    private int bucket(long hash) {
        return ((int) hash & bucketMask) * BUCKET;
    }
}
