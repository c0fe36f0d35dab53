package io.tripline.job.kafka;

import io.tripline.rules.codec.Stored;
import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Assigned;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.rules.codec.Codec;
import io.tripline.job.stream.CodecTypeInfo;
import io.tripline.rules.codec.Format;
import io.tripline.schemas.BatchEncoding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How received records are written, where a job is not chained as usual. */
public final class ReceivedCodec implements Codec<Received> {
    private static final Format FORMAT = Format.of("received", 1);

    @Override
    public Format format() {
        return FORMAT;
    }

    static final CodecTypeInfo<Received> TYPE = new CodecTypeInfo<>(new ReceivedCodec());

    private static final int BATCH_BYTES = 64 << 20;

    private static final byte ACCEPTED = 1;
    private static final byte REJECTED = 2;
    private static final byte ASSIGNED = 3;

    @Override
    public Class<Received> type() {
        return Received.class;
    }

    @Override
    public void write(Received received, DataOutput out) throws IOException {
        if (received instanceof Accepted accepted) {
            ByteBuffer bytes = BatchEncoding.encode(accepted.batch());
            out.writeByte(ACCEPTED);
            out.writeInt(bytes.remaining());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            out.writeInt(accepted.partition());
            out.writeLong(accepted.offset());
            out.writeLong(accepted.appended());
        } else if (received instanceof Rejected rejected) {
            out.writeByte(REJECTED);
            RejectedCodec.INSTANCE.write(rejected, out);
        } else {
            out.writeByte(ASSIGNED);
            out.writeInt(received.partition());
            out.writeLong(received.offset());
        }
    }

    @Override
    public Received read(DataInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case ACCEPTED -> {
                byte[] bytes = new byte[Stored.readSize(in, BATCH_BYTES, "bytes of a batch")];
                in.readFully(bytes);
                yield new Accepted(
                        BatchEncoding.decode(ByteBuffer.wrap(bytes)), in.readInt(), in.readLong(), in.readLong());
            }
            case REJECTED -> RejectedCodec.INSTANCE.read(in);
            case ASSIGNED -> new Assigned(in.readInt(), in.readLong());
            default -> throw new IOException("unknown kind of record: " + kind);
        };
    }

    /** See {@link Rejected}. */
    public static final class RejectedCodec implements Codec<Rejected> {
        private static final Format FORMAT = Format.of("rejected", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        static final RejectedCodec INSTANCE = new RejectedCodec();

        @Override
        public Class<Rejected> type() {
            return Rejected.class;
        }

        @Override
        public void write(Rejected rejected, DataOutput out) throws IOException {
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

        @Override
        public Rejected read(DataInput in) throws IOException {
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
    }
}
