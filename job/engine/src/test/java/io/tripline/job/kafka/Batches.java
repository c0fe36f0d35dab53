package io.tripline.job.kafka;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Batches and records for tests. */
final class Batches {
    static final long APPENDED = 1_790_000_000_000L;

    static {
        BatchEncoding.trustSchemas();
    }

    private Batches() {}

    static PacketBatch.Builder batch() {
        return PacketBatch.newBuilder()
                .setSensor("tap")
                .setSequence(7)
                .setTime(APPENDED * 1_000)
                .setNewest(APPENDED * 1_000)
                .setFirstFrame(1)
                .setPackets(1)
                .setBytes(60)
                .setProtocols(List.of())
                .setUnread(List.of())
                .setRecords(List.of())
                .setVolumes(List.of());
    }

    static PacketRecord.Builder packet() {
        return PacketRecord.newBuilder()
                .setTime(0)
                .setFrame(0)
                .setSourceHigh(0)
                .setSourceLow(1)
                .setDestinationHigh(0)
                .setDestinationLow(2)
                .setProtocol(6)
                .setLength(60);
    }

    static byte[] bytes(PacketBatch batch) {
        try {
            ByteBuffer encoded = BatchEncoding.encode(batch);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConsumerRecord<byte[], byte[]> message(byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "tripline.packets",
                3,
                42,
                APPENDED,
                TimestampType.LOG_APPEND_TIME,
                -1,
                value == null ? -1 : value.length,
                null,
                value,
                new RecordHeaders().add("sensor", "tap".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Optional.empty());
    }
}
