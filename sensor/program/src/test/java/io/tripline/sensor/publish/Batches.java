package io.tripline.sensor.publish;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Batches for tests. */
final class Batches {
    private Batches() {}

    /** A batch that tells of so many packets. */
    static PacketBatch of(long packets) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("tap");
        batch.setSegment("lan");
        batch.setVersion("");
        batch.setSequence(0);
        batch.setTime(1_000_000);
        batch.setNewest(1_000_000 + packets);
        batch.setFirstFrame(1);
        batch.setPackets(packets);
        batch.setBytes(packets * 60);
        batch.setProtocols(new ArrayList<>());
        batch.setUnread(new ArrayList<>());
        batch.setRecords(new ArrayList<>());
        batch.setVolumes(new ArrayList<>());
        return batch;
    }

    static PacketBatch decode(byte[] bytes) {
        try {
            return BatchEncoding.decode(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<PacketBatch> decode(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> decode(record.value())).toList();
    }
}
