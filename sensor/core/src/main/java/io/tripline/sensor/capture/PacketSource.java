package io.tripline.sensor.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A stretch of captured packets, read once from front to back. */
public interface PacketSource extends Closeable {
    /**
     * Gives at most {@code limit} further packets to the sink.
     *
     * @return how many packets it gave; 0 only at the end
     * @throws IOException when the medium fails; damage inside a capture is no exception, see {@link #problems()}
     */
    int read(PacketSink sink, int limit) throws IOException;

    /** What could not be read so far, file by file, in the order of the file; bounded. */
    List<CaptureProblem> problems();

    /** How many problems there were so far, with those that {@link #problems()} has no room for. */
    default long problemCount() {
        return problems().size();
    }

    /** Bytes consumed so far, on the same scale as {@link #size()}; for progress. */
    long position();

    /** Bytes to be consumed in all, compressed where the file is; -1 where unknown (a stream). */
    long size();
}
