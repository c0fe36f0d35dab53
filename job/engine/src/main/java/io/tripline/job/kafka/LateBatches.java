package io.tripline.job.kafka;

import io.tripline.job.stream.CodecTypeInfo;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Batches of one run of a sensor that came when their seconds were complete already, and so were not judged. Of one
 * minute of stream time; what comes for it after a checkpoint is told apart.
 *
 * @param run when the run began, microseconds since 1970 UTC
 * @param from the oldest stream time that one of them had reached, microseconds
 * @param to the newest
 * @param behind milliseconds by which the latest was too late
 */
record LateBatches(String sensor, long run, long from, long to, long batches, long packets, long bytes, long behind) {
    static final Codec<LateBatches> CODEC =
            Codec.of("late-batches", 1, LateBatches.class, LateBatches::write, LateBatches::read);

    static final CodecTypeInfo<LateBatches> TYPE = new CodecTypeInfo<>(CODEC);

    LateBatches and(LateBatches more) {
        return new LateBatches(
                sensor,
                run,
                Math.min(from, more.from),
                Math.max(to, more.to),
                batches + more.batches,
                packets + more.packets,
                bytes + more.bytes,
                Math.max(behind, more.behind));
    }

    private void write(DataOutput out) throws IOException {
        Stored.writeText(sensor, out);
        out.writeLong(run);
        out.writeLong(from);
        out.writeLong(to);
        out.writeLong(batches);
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeLong(behind);
    }

    private static LateBatches read(DataInput in) throws IOException {
        return new LateBatches(
                Stored.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
