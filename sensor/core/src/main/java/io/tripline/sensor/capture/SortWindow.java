package io.tripline.sensor.capture;

import java.util.Arrays;

/**
 * Packets, without their bytes, that wait until nothing older can come. Those that came in order stand in a ring, late
 * ones in a heap: in order, a packet costs two steps in arrays, and late ones cost no more than the logarithm of their
 * number. Of equal times the one that came first is first.
 */
final class SortWindow {
    private static final int INITIAL = 1 << 10;

    private long[] ringTimes = new long[INITIAL];
    private long[] ringEntries = new long[INITIAL];
    private int[] ringSizes = new int[INITIAL];
    private int head;
    private int inOrder;
    private long newest = Long.MIN_VALUE;

    private long[] lateTimes = new long[16];
    private long[] lateEntries = new long[16];
    private int[] lateSizes = new int[16];
    private int late;

    private long bytes;
    private long time;
    private long entry;

    /** Adds a packet. */
    void add(long packetTime, long packetEntry, int size) {
        bytes += size;
        if (packetTime < newest) {
            push(packetTime, packetEntry, size);
            return;
        }
        newest = packetTime;
        if (inOrder == ringTimes.length) {
            growRing();
        }
        int at = (head + inOrder++) & (ringTimes.length - 1);
        ringTimes[at] = packetTime;
        ringEntries[at] = packetEntry;
        ringSizes[at] = size;
    }

    /** Packets waiting. */
    int count() {
        return inOrder + late;
    }

    /** Bytes of these. */
    long bytes() {
        return bytes;
    }

    /** Time of the next packet; there must be one. */
    long nextTime() {
        return lateIsNext() ? lateTimes[0] : ringTimes[head];
    }

    /** Takes the next packet, if it came in order, is the one expected and no later than the time given. */
    boolean takeIf(long expected, long latest) {
        if (inOrder == 0 || ringEntries[head] != expected || ringTimes[head] > latest || lateIsNext()) {
            return false;
        }
        takeInOrder();
        return true;
    }

    /** Takes the next packet; there must be one. */
    void take() {
        if (lateIsNext()) {
            pop();
        } else {
            takeInOrder();
        }
    }

    /** Time of the packet taken last. */
    long time() {
        return time;
    }

    /** What stands for the packet taken last. */
    long entry() {
        return entry;
    }

    /** Gives all packets waiting the same time, and marks them. */
    void settle(long at, long mark) {
        for (int i = 0; i < inOrder; i++) {
            int place = (head + i) & (ringTimes.length - 1);
            ringTimes[place] = at;
            ringEntries[place] |= mark;
        }
        for (int i = 0; i < late; i++) {
            lateTimes[i] = at;
            lateEntries[i] |= mark;
        }
        newest = at;
    }

    /** Begins anew; nothing may be waiting. */
    void restart() {
        newest = Long.MIN_VALUE;
    }

    private void takeInOrder() {
        time = ringTimes[head];
        entry = ringEntries[head];
        bytes -= ringSizes[head];
        head = (head + 1) & (ringTimes.length - 1);
        inOrder--;
    }

    private boolean lateIsNext() {
        return late > 0 && (inOrder == 0 || isBefore(lateTimes[0], lateEntries[0], ringTimes[head], ringEntries[head]));
    }

    private static boolean isBefore(long time, long entry, long otherTime, long otherEntry) {
        return time < otherTime || (time == otherTime && TimeOrder.number(entry) < TimeOrder.number(otherEntry));
    }

    private void growRing() {
        int size = ringTimes.length;
        ringTimes = unrolled(ringTimes, head);
        ringEntries = unrolled(ringEntries, head);
        int[] sizes = new int[2 * size];
        System.arraycopy(ringSizes, head, sizes, 0, size - head);
        System.arraycopy(ringSizes, 0, sizes, size - head, head);
        ringSizes = sizes;
        head = 0;
    }

    /** Twice as large, and begins with its head. */
    static long[] unrolled(long[] ring, int from) {
        long[] larger = new long[2 * ring.length];
        System.arraycopy(ring, from, larger, 0, ring.length - from);
        System.arraycopy(ring, 0, larger, ring.length - from, from);
        return larger;
    }

    private void push(long packetTime, long packetEntry, int size) {
        if (late == lateTimes.length) {
            lateTimes = Arrays.copyOf(lateTimes, 2 * late);
            lateEntries = Arrays.copyOf(lateEntries, 2 * late);
            lateSizes = Arrays.copyOf(lateSizes, 2 * late);
        }
        int at = late++;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isBefore(packetTime, packetEntry, lateTimes[parent], lateEntries[parent])) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, packetTime, packetEntry, size);
    }

    private void pop() {
        time = lateTimes[0];
        entry = lateEntries[0];
        bytes -= lateSizes[0];
        int last = --late;
        int at = 0;
        for (int child = 1; child < last; child = 2 * at + 1) {
            int other = child + 1;
            if (other < last && isBefore(lateTimes[other], lateEntries[other], lateTimes[child], lateEntries[child])) {
                child = other;
            }
            if (!isBefore(lateTimes[child], lateEntries[child], lateTimes[last], lateEntries[last])) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, lateTimes[last], lateEntries[last], lateSizes[last]);
    }

    private void move(int from, int to) {
        put(to, lateTimes[from], lateEntries[from], lateSizes[from]);
    }

    private void put(int at, long packetTime, long packetEntry, int size) {
        lateTimes[at] = packetTime;
        lateEntries[at] = packetEntry;
        lateSizes[at] = size;
    }
}
