package io.tripline.sensor.capture;

import java.io.Closeable;
import java.io.IOException;

/** A stretch of captured packets, read once from front to back. */
public interface PacketSource extends Closeable {
    /**
     * Gives at most {@code limit} further packets to the sink.
     *
     * @return how many packets it gave; 0 only at the end
     * @throws IOException when the medium fails; damage inside a capture is no exception, see {@link #problems()}
     */
    int read(PacketSink sink, int limit) throws IOException;

    /** What could not be read so far, oldest first; bounded, one entry a damaged place. */
    java.util.List<CaptureProblem> problems();

    /** Bytes of the capture that have been consumed so far, for progress. */
    long position();

    /** Bytes of the capture in all; -1 where unknown (a stream, compressed data). */
    long size();
}
