package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.schemas.PacketBatch;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * From Kafka records to batches. A record may hold anything, written by anybody: whatever is no batch of a known
 * schema, or a batch that no sensor would write, comes out as {@link Rejected}. Nothing is thrown for it and nothing in
 * it decides how much memory is taken.
 */
final class BatchDeserializer implements KafkaRecordDeserializationSchema<Received> {
    private static final long serialVersionUID = 1;

    private static final int MARKER_AND_FINGERPRINT = 10;
    private static final short MARKER = (short) 0xC301;
    private static final int HEAD = 64;
    private static final int TEXT = 200;

    private final @Nullable KafkaSettings kafka;
    private final ListedSensors listed;
    private transient @Nullable SensorKeys keys;
    private transient @Nullable SchemaVersions versions;
    private transient @Nullable BinaryDecoder decoder;

    /**
     * Looks for schemas of later versions where the settings say; null to know only those of this program.
     *
     * @param listed which sensors are believed, and by which keys
     */
    BatchDeserializer(@Nullable KafkaSettings kafka, ListedSensors listed) {
        this.kafka = kafka;
        this.listed = listed;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws IOException {
        open(kafka == null ? SchemaLookup.NONE : new SchemaTopic(kafka));
    }

    void open(SchemaLookup lookup) throws IOException {
        keys = SensorKeys.read(listed);
        versions = new SchemaVersions(lookup);
    }

    @Override
    public TypeInformation<Received> getProducedType() {
        return ReceivedCodecs.TYPE;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Received> out) {
        out.collect(receive(message));
    }

    Received receive(ConsumerRecord<byte[], byte[]> message) {
        byte[] bytes = message.value();
        if (bytes == null || bytes.length < MARKER_AND_FINGERPRINT) {
            return rejected(message, "too-short", "too short for marker and fingerprint of a schema");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        if (head.getShort() != MARKER) {
            return rejected(message, "no-batch", "does not begin with the marker of a packet batch, c301");
        }
        long fingerprint = head.order(ByteOrder.LITTLE_ENDIAN).getLong();
        DatumReader<PacketBatch> reader = Objects.requireNonNull(versions).reader(fingerprint);
        if (reader == null) {
            return rejected(
                    message,
                    "schema-unknown",
                    String.format(
                            "no schema with fingerprint %016x is known or published; update the job, or have the sensor publish it",
                            fingerprint));
        }
        return decode(message, bytes, reader);
    }

    private Received decode(ConsumerRecord<byte[], byte[]> message, byte[] bytes, DatumReader<PacketBatch> reader) {
        try {
            BinaryDecoder in = DecoderFactory.get()
                    .binaryDecoder(bytes, MARKER_AND_FINGERPRINT, bytes.length - MARKER_AND_FINGERPRINT, decoder);
            decoder = in;
            PacketBatch batch = reader.read(null, in);
            if (!in.isEnd()) {
                return rejected(message, "too-long", "trailing bytes after the batch");
            }
            String wrong = BatchCheck.wrong(batch, message.timestamp());
            if (wrong != null) {
                return rejected(message, "implausible", wrong);
            }
            SensorKeys.Refusal refusal = Objects.requireNonNull(keys).refusal(batch, message);
            return refusal == null
                    ? new Accepted(batch, message.partition(), message.offset(), message.timestamp())
                    : rejected(message, refusal.reason(), refusal.detail());
        } catch (EOFException e) {
            return rejected(message, "cut-off", "the batch is cut short");
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            // What Avro throws for bytes that no encoder wrote: wrong lengths, unknown branches of a union, broken
            // numbers.
            return rejected(message, "undecodable", String.valueOf(e.getMessage()));
        }
    }

    private static Rejected rejected(ConsumerRecord<byte[], byte[]> message, String reason, String detail) {
        byte[] bytes = message.value() == null ? new byte[0] : message.value();
        return new Rejected(
                reason,
                detail.substring(0, Math.min(detail.length(), TEXT)),
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp(),
                sensor(message),
                bytes.length,
                HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEAD)));
    }

    private static String sensor(ConsumerRecord<byte[], byte[]> message) {
        Header header = message.headers().lastHeader("sensor");
        if (header == null || header.value() == null) {
            return "";
        }
        byte[] name = header.value();
        return new String(name, 0, Math.min(name.length, TEXT), StandardCharsets.UTF_8);
    }
}
