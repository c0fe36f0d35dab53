package io.tripline.sensor.capture;

/** Packets, without their bytes, about whose time nothing is decided yet, in the order in which they came. */
final class Waiting {
    private long[] times = new long[64];
    private int[] sizes = new int[64];
    private int head;
    private int count;
    private long bytes;

    void add(long time, int size) {
        if (count == times.length) {
            int[] larger = new int[2 * count];
            System.arraycopy(sizes, head, larger, 0, count - head);
            System.arraycopy(sizes, 0, larger, count - head, head);
            sizes = larger;
            times = SortWindow.unrolled(times, head);
            head = 0;
        }
        int at = (head + count++) & (times.length - 1);
        times[at] = time;
        sizes[at] = size;
        bytes += size;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** Time of the packet at a place, from 0. */
    long time(int place) {
        return times[(head + place) & (times.length - 1)];
    }

    /** Size of the first. */
    int size() {
        return sizes[head];
    }

    void remove() {
        bytes -= sizes[head];
        head = (head + 1) & (times.length - 1);
        count--;
    }
}
