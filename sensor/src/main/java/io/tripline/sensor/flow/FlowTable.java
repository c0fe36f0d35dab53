package io.tripline.sensor.flow;

/**
 * Conversations in fixed memory: a set-associative table of eight-slot buckets.
 *
 * <p>A look-up reads one bucket's tags (64 bytes) and, nearly always, one slot (64 bytes). It never probes outside its bucket, so chosen
 * addresses and ports cannot slow it down; they can only push each other out. When a bucket is full, the slot that has been idle longest
 * gives way: under a flood the newest probes stay long enough to see their answers.
 */
final class FlowTable {
    private static final int BUCKET = 8;
    private static final int WORDS = 8;
    private static final int ENDS = 4;
    private static final int STATE = 5;
    private static final int NUMBERS = 6;
    private static final int VOLUME = 7;

    /** Resolution of "last seen": 2^18 µs, so that times up to the year 9999 fit into 40 bits. */
    private static final int TICK_SHIFT = 18;

    private static final long TICKS = (1L << 40) - 1;
    private static final int CLASS_SHIFT = 40;
    private static final int TAG_SHIFT = 44;

    /** A slot's tag (20 bits of hash, never 0), idle class (4 bits) and last-seen tick (40 bits); 0 where the slot is free. */
    private final long[] marks;

    private final long[] words;
    private final int bucketMask;
    private final long[] idleTicks = new long[16];
    private long evicted;

    /** Room for so many conversations; a power of two. */
    FlowTable(int slots) {
        marks = new long[slots];
        words = new long[slots * WORDS];
        bucketMask = slots / BUCKET - 1;
    }

    /** After so many seconds without a packet, a conversation of this idle class (0 to 15) is forgotten. */
    void idle(int idleClass, long seconds) {
        idleTicks[idleClass] = (seconds * StreamClock.SECOND) >> TICK_SHIFT;
    }

    /** The slot of the key's conversation, or -1 where there is none or it has been idle for too long. */
    int find(FlowKey key, long hash, long time) {
        long tag = tag(hash);
        int first = bucket(hash);
        for (int slot = first; slot < first + BUCKET; slot++) {
            long mark = marks[slot];
            if (mark >>> TAG_SHIFT == tag && holds(slot, key)) {
                return stale(mark, time >>> TICK_SHIFT) ? -1 : slot;
            }
        }
        return -1;
    }

    /** A slot for a new conversation of this key, in place of an old one of the same key, a free, a stale or the idlest one. */
    int claim(FlowKey key, long hash, int idleClass, long state, long time) {
        int slot = place(key, hash, time >>> TICK_SHIFT);
        int at = slot * WORDS;
        words[at] = key.firstHigh;
        words[at + 1] = key.firstLow;
        words[at + 2] = key.secondHigh;
        words[at + 3] = key.secondLow;
        words[at + ENDS] = key.ends;
        words[at + STATE] = state;
        words[at + NUMBERS] = 0;
        words[at + VOLUME] = -1;
        marks[slot] = (tag(hash) << TAG_SHIFT) | ((long) idleClass << CLASS_SHIFT) | (time >>> TICK_SHIFT);
        return slot;
    }

    private int place(FlowKey key, long hash, long tick) {
        long tag = tag(hash);
        int first = bucket(hash);
        int idlest = first;
        int spare = -1;
        for (int slot = first; slot < first + BUCKET; slot++) {
            long mark = marks[slot];
            if (mark >>> TAG_SHIFT == tag && holds(slot, key)) {
                return slot;
            }
            if (spare < 0 && (mark == 0 || stale(mark, tick))) {
                spare = slot;
            }
            if ((mark & TICKS) < (marks[idlest] & TICKS)) {
                idlest = slot;
            }
        }
        if (spare >= 0) {
            return spare;
        }
        evicted++;
        return idlest;
    }

    /** Stores what became of a conversation, and that it has been seen now. */
    void update(int slot, int idleClass, long state, long time) {
        long mark = marks[slot];
        long tick = Math.max(mark & TICKS, time >>> TICK_SHIFT);
        marks[slot] = (mark >>> TAG_SHIFT << TAG_SHIFT) | ((long) idleClass << CLASS_SHIFT) | tick;
        words[slot * WORDS + STATE] = state;
    }

    long state(int slot) {
        return words[slot * WORDS + STATE];
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
        return words[at + ENDS] == key.ends
                && words[at + 1] == key.firstLow
                && words[at + 3] == key.secondLow
                && words[at] == key.firstHigh
                && words[at + 2] == key.secondHigh;
    }

    private boolean stale(long mark, long tick) {
        return tick - (mark & TICKS) > idleTicks[(int) (mark >>> CLASS_SHIFT) & 15];
    }

    private int bucket(long hash) {
        return ((int) hash & bucketMask) * BUCKET;
    }

    private static long tag(long hash) {
        return (hash >>> TAG_SHIFT) | 1;
    }
}
