package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Assigned;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.job.stream.CodecTypeInfo;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.CodecTable;
import io.tripline.rules.codec.Stored;
import io.tripline.schemas.BatchEncoding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** How received records are written, where a job is not chained as usual. */
final class ReceivedCodecs {
    static final Codec<Rejected> REJECTED =
            Codec.of("rejected", 1, Rejected.class, ReceivedCodecs::writeRejected, ReceivedCodecs::readRejected);

    private static final Codec<Received> RECEIVED =
            Codec.of("received", 1, Received.class, ReceivedCodecs::write, ReceivedCodecs::read);

    static final CodecTypeInfo<Received> TYPE = new CodecTypeInfo<>(RECEIVED);

    private static final int BATCH_BYTES = 64 << 20;

    private static final byte ACCEPTED_CODE = 1;
    private static final byte REJECTED_CODE = 2;
    private static final byte ASSIGNED_CODE = 3;

    private ReceivedCodecs() {}

    private static void write(Received received, DataOutput out) throws IOException {
        if (received instanceof Accepted accepted) {
            ByteBuffer bytes = BatchEncoding.encode(accepted.batch());
            out.writeByte(ACCEPTED_CODE);
            out.writeInt(bytes.remaining());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            out.writeInt(accepted.partition());
            out.writeLong(accepted.offset());
            out.writeLong(accepted.appended());
        } else if (received instanceof Rejected rejected) {
            out.writeByte(REJECTED_CODE);
            writeRejected(rejected, out);
        } else {
            out.writeByte(ASSIGNED_CODE);
            out.writeInt(received.partition());
            out.writeLong(received.offset());
        }
    }

    private static Received read(DataInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case ACCEPTED_CODE -> {
                byte[] bytes = new byte[Stored.readSize(in, BATCH_BYTES, "bytes of a batch")];
                in.readFully(bytes);
                yield new Accepted(
                        BatchEncoding.decode(ByteBuffer.wrap(bytes)), in.readInt(), in.readLong(), in.readLong());
            }
            case REJECTED_CODE -> readRejected(in);
            case ASSIGNED_CODE -> new Assigned(in.readInt(), in.readLong());
            default -> throw new IOException("unknown kind of record: " + kind);
        };
    }

    private static void writeRejected(Rejected rejected, DataOutput out) throws IOException {
        Stored.writeText(rejected.reason(), out);
        Stored.writeText(rejected.detail(), out);
        Stored.writeText(rejected.topic(), out);
        out.writeInt(rejected.partition());
        out.writeLong(rejected.offset());
        out.writeLong(rejected.appended());
        Stored.writeText(rejected.sensor(), out);
        out.writeInt(rejected.size());
        Stored.writeText(rejected.head(), out);
    }

    private static Rejected readRejected(DataInput in) throws IOException {
        return new Rejected(
                Stored.readText(in),
                Stored.readText(in),
                Stored.readText(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                Stored.readText(in),
                in.readInt(),
                Stored.readText(in));
    }

    /** What only the job's Kafka end keeps. */
    public static final class Table implements CodecTable {
        @Override
        public List<Codec<?>> codecs() {
            return List.of(RECEIVED, REJECTED, BatchNumbers.CODEC, LateBatches.CODEC);
        }
    }
}
