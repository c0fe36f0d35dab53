package io.tripline.rules.spoof;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How often a claim was made in a second.
 *
 * @param bytes on the wire
 * @param first stream time of the first packet, microseconds
 * @param last stream time of the last
 * @param frame number of the first frame
 */
public record Claimed(long packets, long bytes, long first, long last, long frame) {
    Claimed plus(Claimed other) {
        return new Claimed(
                packets + other.packets,
                bytes + other.bytes,
                Math.min(first, other.first),
                Math.max(last, other.last),
                Math.min(frame, other.frame));
    }

    /** What two sensors saw of the same claim. */
    Claimed larger(Claimed other) {
        return new Claimed(
                Math.max(packets, other.packets),
                Math.max(bytes, other.bytes),
                Math.min(first, other.first),
                Math.max(last, other.last),
                Math.min(frame, other.frame));
    }

    void write(DataOutput out) throws IOException {
        for (long value : new long[] {packets, bytes, first, last, frame}) {
            out.writeLong(value);
        }
    }

    static Claimed read(DataInput in) throws IOException {
        return new Claimed(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
