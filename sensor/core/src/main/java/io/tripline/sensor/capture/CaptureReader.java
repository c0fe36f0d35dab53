package io.tripline.sensor.capture;

import java.io.IOException;

/**
 * Reads the packets of one format out of a window. Notes everything it cannot read; nothing in the bytes makes it
 * throw.
 */
abstract class CaptureReader {
    /**
     * Captured bytes beyond the announced maximum that are still believed; and the maximum that libpcap announces
     * itself.
     */
    static final int TOLERANCE = 256 * 1024;

    /** No packet and no block that must be read whole is longer, whatever a capture announces. */
    static final int LARGEST = 16 * 1024 * 1024;

    protected final Window window;
    protected final Tally tally;
    protected final ProblemLog problems;

    protected CaptureReader(Window window, Tally tally, ProblemLog problems) {
        this.window = window;
        this.tally = tally;
        this.problems = problems;
    }

    /** Reads what stands before the first packet. False where that makes the rest unreadable; it is then noted. */
    abstract boolean begin() throws IOException;

    /**
     * Gives at most {@code limit} further packets to the sink. A packet stays in place until the next call.
     *
     * @return how many; fewer than {@code limit} only at the end of what can be read
     */
    abstract int read(PacketSink sink, int limit) throws IOException;

    /** Notes a link type whose packets are given, but which nobody behind can read. */
    protected final void checkLinkType(int linkType, long offset) {
        if (!LinkType.readable(linkType)) {
            problems.note(offset, () -> "link type " + linkType + " is unknown: its packets are counted only");
        }
    }

    /** An unsigned 32-bit length as a number that stays positive. */
    protected static int length(int raw) {
        return raw < 0 ? Integer.MAX_VALUE : raw;
    }
}
