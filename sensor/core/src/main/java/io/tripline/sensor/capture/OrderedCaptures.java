package io.tripline.sensor.capture;

import java.io.IOException;
import java.util.List;

/**
 * Captures in the order of time. How far to look ahead for packets that are older is up to {@link TimeOrder}; where
 * their bytes stay meanwhile is up to those who extend this.
 */
abstract class OrderedCaptures implements PacketSource {
    private static final int NOTHING = 0;
    private static final int OVER = -1;

    protected final PacketSource source;
    protected final TimeOrder order = new TimeOrder();
    protected final HeldPackets held = new HeldPackets();
    private boolean ended;

    /** Puts a source in order. */
    OrderedCaptures(PacketSource source) {
        this.source = source;
    }

    @Override
    public final int read(PacketSink sink, int limit) throws IOException {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit is " + limit + ", must be positive");
        }
        int given = 0;
        while (given < limit) {
            int step = step(sink, limit - given);
            if (step == OVER) {
                break;
            }
            given += step;
        }
        return given;
    }

    private int step(PacketSink sink, int limit) throws IOException {
        int inOrder = giveInOrder(sink, limit);
        if (inOrder > 0) {
            return inOrder;
        }
        if (order.poll()) {
            return giveNext(sink);
        }
        if (ended) {
            int rest = giveRest(sink, limit);
            return rest == 0 ? OVER : rest;
        }
        if (!look()) {
            ended = true;
            order.end();
        }
        return NOTHING;
    }

    /** Looks at some more packets and tells their times to {@link #order}. False where there are none. */
    abstract boolean look() throws IOException;

    /** Gives packets that need no sorting, without further ado. */
    abstract int giveInOrder(PacketSink sink, int limit) throws IOException;

    /** Gives the packet that was taken from {@link #order} last. Returns 0 where it is not there any more. */
    abstract int giveNext(PacketSink sink) throws IOException;

    /** Gives what came to be there after all was looked at. */
    abstract int giveRest(PacketSink sink, int limit) throws IOException;

    /** Gives a held packet. */
    protected final void giveHeld(PacketSink sink) {
        tell(sink);
        held.give(order.number(), order.time(), sink);
    }

    /** Tells the sink what is wrong with the time of the packet that comes next, if anything. */
    protected final void tell(PacketSink sink) {
        Disorder disorder = order.disorder();
        if (disorder != null) {
            sink.disorder(disorder);
        }
    }

    final TimeFaults timeFaults() {
        return order.faults();
    }

    @Override
    public final List<CaptureProblem> problems() {
        return source.problems();
    }

    @Override
    public final long problemCount() {
        return source.problemCount();
    }

    @Override
    public final long position() {
        return source.position();
    }

    @Override
    public final long size() {
        return source.size();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
