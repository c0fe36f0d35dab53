package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** What becomes of the records of the packets' topic, whoever wrote them. */
class BatchDeserializerTest {
    private final List<String> published = new ArrayList<>();
    private int lookups;
    private final BatchDeserializer deserializer = deserializer();

    private BatchDeserializer deserializer() {
        return deserializer(ListedSensors.NONE);
    }

    private BatchDeserializer deserializer(ListedSensors listed) {
        BatchDeserializer made = new BatchDeserializer(null, listed);
        try {
            made.open(() -> {
                lookups++;
                return List.copyOf(published);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    private Received receive(byte[] value) {
        return deserializer.receive(Batches.message(value));
    }

    private Rejected rejected(byte[] value) {
        assertThat(receive(value)).isInstanceOf(Rejected.class);
        return (Rejected) receive(value);
    }

    private PacketBatch accepted(byte[] value) {
        assertThat(receive(value)).isInstanceOf(Accepted.class);
        return ((Accepted) receive(value)).batch();
    }

    private static Schema version(int number) throws IOException {
        try (InputStream in = PacketBatch.class.getResourceAsStream("versions/PacketBatch.v" + number + ".avsc")) {
            return new Schema.Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A batch without packets as a sensor with that schema writes it. */
    private static byte[] written(Schema schema) throws IOException {
        GenericRecord batch = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Object value = switch (field.schema().getType()) {
                case STRING -> "tap";
                case LONG -> 1L;
                case BOOLEAN -> true;
                case ARRAY -> List.of();
                default -> throw new IllegalArgumentException(field.toString());
            };
            batch.put(field.name(), value);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head(SchemaNormalization.parsingFingerprint64(schema)));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(batch, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] head(long fingerprint) {
        return ByteBuffer.allocate(10)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(fingerprint)
                .array();
    }

    private static Schema later() {
        String json = PacketBatch.getClassSchema().toString();
        return new Schema.Parser()
                .parse(json.replaceFirst(
                        "\"fields\":\\[", "\"fields\":[{\"name\":\"colour\",\"type\":\"string\",\"default\":\"\"},"));
    }

    @Test
    void shouldReadABatchOfItsOwnVersion() {
        PacketBatch batch =
                Batches.batch().setRecords(List.of(Batches.packet().build())).build();

        assertThat(accepted(Batches.bytes(batch))).isEqualTo(batch);
    }

    @Test
    void shouldReadBatchesOfEveryOlderVersion() throws IOException {
        for (int number = 1; number <= 2; number++) {
            PacketBatch batch = accepted(written(version(number)));

            assertThat(batch.getSensor()).isEqualTo("tap");
            assertThat(batch.getRun())
                    .as("a field that version %d had not", number)
                    .isZero();
        }
        assertThat(lookups).isZero();
    }

    @Test
    void shouldReadABatchOfALaterVersionThatItsSensorPublished() throws IOException {
        published.add(later().toString());

        assertThat(accepted(written(later())).getSequence()).isEqualTo(1);
        accepted(written(later()));

        assertThat(lookups).as("looked up once, then known").isEqualTo(1);
    }

    @Test
    void shouldRejectABatchOfASchemaThatNobodyPublished() throws IOException {
        Rejected rejected = rejected(written(later()));

        assertThat(rejected.reason()).isEqualTo("schema-unknown");
        assertThat(rejected.detail())
                .contains(String.format("%016x", SchemaNormalization.parsingFingerprint64(later())));
    }

    @Test
    void shouldNotTrustWhatIsPublished() throws IOException {
        published.add("no schema at all");
        published.add("\"string\"");
        published.add(later().toString());

        accepted(written(later()));
    }

    @Test
    void shouldTellWhereARejectedRecordIsAndHowItBegins() {
        byte[] junk = "junk".repeat(100).getBytes(StandardCharsets.UTF_8);

        Rejected rejected = rejected(junk);

        assertThat(rejected.reason()).isEqualTo("no-batch");
        assertThat(rejected.topic() + "-" + rejected.partition() + "-" + rejected.offset())
                .isEqualTo("tripline.packets-3-42");
        assertThat(rejected.sensor()).isEqualTo("tap");
        assertThat(rejected.size()).isEqualTo(400);
        assertThat(rejected.head()).startsWith("6a756e6b6a").hasSize(128);
    }

    @Test
    void shouldRejectWhatIsNoBatch() {
        assertThat(((Rejected) deserializer.receive(Batches.message(null))).reason())
                .isEqualTo("too-short");
        assertThat(rejected(new byte[0]).reason()).isEqualTo("too-short");
        assertThat(rejected(new byte[] {(byte) 0xC3, 1}).reason()).isEqualTo("too-short");
    }

    @Test
    void shouldRejectABatchThatIsCutOffAnywhere() {
        byte[] whole = Batches.bytes(
                Batches.batch().setRecords(List.of(Batches.packet().build())).build());
        for (int length = 0; length < whole.length; length++) {
            assertThat(receive(java.util.Arrays.copyOf(whole, length)))
                    .as("first %d bytes", length)
                    .isInstanceOf(Rejected.class);
        }
        assertThat(rejected(java.util.Arrays.copyOf(whole, whole.length + 1)).reason())
                .isEqualTo("too-long");
    }

    /** A count of a billion records with nothing behind it must not take memory for a billion. */
    @Test
    void shouldTakeNoMemoryForRecordsThatAreNotThere() throws IOException {
        Schema schema = PacketBatch.getClassSchema();
        for (long count : new long[] {1L << 20, 1L << 30, 1L << 40, Long.MAX_VALUE, -(1L << 30)}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(head(SchemaNormalization.parsingFingerprint64(schema)));
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            for (Schema.Field field : schema.getFields()) {
                switch (field.schema().getType()) {
                    case STRING -> encoder.writeString("tap");
                    case LONG -> encoder.writeLong(1);
                    case BOOLEAN -> encoder.writeBoolean(false);
                    default -> encoder.writeLong(count);
                }
            }
            encoder.flush();

            assertThat(receive(bytes.toByteArray())).as("%d items", count).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void shouldThrowForNothingThatAnybodyWrites() {
        byte[] whole = Batches.bytes(Batches.batch()
                .setRecords(java.util.Collections.nCopies(20, Batches.packet().build()))
                .build());
        long seed = Long.getLong("tripline.seed", 20_261_125);
        Random random = new Random(seed);
        int rejected = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Received received = receive(damaged);
            assertThat(received).as("seed %d, round %d", seed, round).isNotNull();
            rejected += received instanceof Rejected ? 1 : 0;
        }
        assertThat(rejected).isGreaterThan(1_000);
    }
}
