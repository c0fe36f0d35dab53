package io.tripline.rules.probe.hostsweep;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Threshold random walk: decides from the outcomes of first contacts whether a source knows where it is going (Jung et al. 2004).
 *
 * <p>A harmless source's first contact succeeds with probability 0.9, a scanner's with 0.1, so each failure multiplies the likelihood ratio
 * by 9 and each success divides it by 9. A scanner is found with probability 1 - &beta; = 0.99 and a harmless source accused with
 * probability &alpha; = 10<sup>-5</sup> when the ratio reaches (1 - &beta;) / &alpha; = 99,000 = 9<sup>5.2</sup>: six failures more than
 * successes. In whole steps, so that the result never depends on rounding. The walk does not go below 0: a source that was harmless
 * so far gets no credit for what it does later.
 *
 * <p>Memory: the {@link #REMEMBERED} hosts that failed last, so that a monitor that keeps asking for one dead host never adds up.
 */
public final class SequentialTest {
    /** Steps at which the walk decides. */
    static final int SCANNER = 6;

    /** A walk on which nothing happens for so long is forgotten, seconds. */
    static final int FORGET_SECONDS = 120;

    private static final int REMEMBERED = 32;

    private final Deque<Address> failed = new ArrayDeque<>();
    private int steps;
    private long newest = Long.MIN_VALUE;

    /** A first contact that got its answer. */
    void success(long second) {
        steps = Math.max(0, steps - 1);
        newest = second;
    }

    /** A contact that failed; counts if the host has not failed before. */
    void failure(Address host, long second) {
        newest = second;
        if (failed.contains(host)) {
            return;
        }
        if (failed.size() == REMEMBERED) {
            failed.removeFirst();
        }
        failed.addLast(host);
        steps++;
    }

    int steps() {
        return steps;
    }

    boolean isScanner() {
        return steps >= SCANNER;
    }

    /** The second after which this walk says nothing any more. */
    long forgetAt() {
        return newest + FORGET_SECONDS;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(steps);
        out.writeLong(newest);
        out.writeInt(failed.size());
        for (Address host : failed) {
            out.writeLong(host.high());
            out.writeLong(host.low());
        }
    }

    static SequentialTest read(DataInput in) throws IOException {
        SequentialTest test = new SequentialTest();
        test.steps = in.readInt();
        test.newest = in.readLong();
        for (int i = Stored.readSize(in, REMEMBERED, "hosts of a sequential test"); i > 0; i--) {
            test.failed.addLast(new Address(in.readLong(), in.readLong()));
        }
        return test;
    }
}
