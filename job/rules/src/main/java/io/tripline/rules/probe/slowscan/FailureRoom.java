package io.tripline.rules.probe.slowscan;

import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Room for the failures that {@link SlowScan} remembers of some of an instance's actors. Without it two hours of a flood under false addresses would
 * leave an entry for each of them: 29.5 million at 4,096 a second.
 *
 * <p>An actor's first failure is remembered as it is while there is room for it, and so are all results what they would be without a bound. Beyond that
 * only {@link FailedOnce} knows of it, and the actor is remembered from its next failure on: a slow scan that begins during a flood is found one failure
 * later. What false addresses cannot have, more failures, has room of its own. When half of that is taken, entries are looked at every ten minutes, and when
 * three quarters are, those with the fewest failures go until it would be half again; when all is taken, only those that are not among the fewest grow.
 *
 * <p>Everything depends on the order of seconds only, not on time or chance; who comes first within a second may differ between runs once the room is taken.
 */
public final class FailureRoom {
    /** An entry is looked at this often when room is short. */
    static final int LOOK_SECONDS = 600;

    private static final int VERSION = 1;

    /** By the binary logarithm of how many failures an entry has: 1, 2-3, 4-7 … and more than any has. */
    private static final int CLASSES = 12;

    private final long[] failures = new long[CLASSES];
    private FailedOnce once = new FailedOnce();
    private final FailureLimits limits;
    private long covered;
    private long notKept;
    private long evicted;

    FailureRoom(FailureLimits limits) {
        this.limits = limits;
    }

    /** Whether to remember an actor from this failure on, of whom none is remembered. */
    boolean mayBegin(Address actor, long second) {
        if (failures[0] < limits.firsts()) {
            return true;
        }
        boolean known = once.contains(actor);
        if (known && failures[0] < limits.firsts() * 3L / 2) {
            return true;
        }
        if (!known) {
            once.add(actor, second, limits.once());
        }
        notKept++;
        return false;
    }

    /** Whether to remember one more failure of an actor of whom so many are remembered. */
    boolean mayGrow(int size) {
        boolean may = further() < limits.further() || classOf(size) > fewest();
        notKept += may ? 0 : 1;
        return may;
    }

    /** An actor's entry has another size now; 0 where there is none. */
    void resized(int from, int to) {
        if (from > 0) {
            failures[classOf(from)] = Math.max(0, failures[classOf(from)] - from);
        }
        if (to > 0) {
            failures[classOf(to)] += to;
        }
    }

    /** Whether to remember for an hour what an incident of one more actor covers; of others less is known, and nothing else is lost. */
    boolean mayCover() {
        return covered < limits.firsts();
    }

    /** An actor began or ceased to have something covered. */
    void covers(boolean did, boolean does) {
        covered = Math.max(0, covered + (does ? 1 : 0) - (did ? 1 : 0));
    }

    /** Whether entries with more than one failure should be looked at from time to time. */
    boolean isShort() {
        return further() * 2 > limits.further();
    }

    /** Whether an entry of this size should go; counts it. */
    boolean mustGo(int size) {
        boolean go = size > 1 && further() * 4 > limits.further() * 3L && classOf(size) <= fewest();
        evicted += go ? 1 : 0;
        return go;
    }

    /** Without the entries up to this class half of the room would be free. */
    private int fewest() {
        long above = 0;
        int least = CLASSES - 1;
        while (least > 0 && (above + failures[least]) * 2 <= limits.further()) {
            above += failures[least];
            least--;
        }
        return least;
    }

    private long further() {
        long sum = 0;
        for (int i = 1; i < CLASSES; i++) {
            sum += failures[i];
        }
        return sum;
    }

    private static int classOf(int size) {
        return Math.min(CLASSES - 1, 31 - Integer.numberOfLeadingZeros(size));
    }

    /** Failures that are remembered. */
    long kept() {
        return failures[0] + further();
    }

    /** Failures so far that were not remembered, or only that there was one. */
    long notKept() {
        return notKept;
    }

    /** Entries so far that had to go before their time. */
    long evicted() {
        return evicted;
    }

    boolean isEmpty() {
        return kept() == 0 && covered == 0 && once.isEmpty();
    }

    /** Writes what there is; the limits are no part of it, nor what was counted for metrics. */
    void write(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        for (long count : failures) {
            out.writeLong(count);
        }
        out.writeLong(covered);
        once.write(out);
    }

    static FailureRoom read(DataInput in, FailureLimits limits) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("room for failures has version " + version + ", this program reads " + VERSION);
        }
        FailureRoom room = new FailureRoom(limits);
        for (int i = 0; i < CLASSES; i++) {
            room.failures[i] = in.readLong();
        }
        room.covered = in.readLong();
        room.once = FailedOnce.read(in);
        return room;
    }
}
