package io.tripline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;

/**
 * Our reader and writer of batches next to Avro's own, over random batches that fill every field; each failure names
 * its seed.
 */
class BatchEncodingTest {
    private static final Schema SCHEMA = PacketBatch.getClassSchema();
    private static final int HEADER = 10;
    private static final int SEEDS = 200;

    @Test
    void shouldReadWhatAvroReads() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] data = written(seed);
            PacketBatch read = BatchEncoding.decode(ByteBuffer.wrap(single(data)));
            assertThat(read).as("seed %d", seed).isEqualTo(readByAvro(data));
            assertThat(BatchEncoding.decoder(new SchemaStore.Cache()).decode(single(data)))
                    .as("seed %d, as an array", seed)
                    .isEqualTo(read);
        }
    }

    @Test
    void shouldWriteTheBytesThatAvroWrites() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            PacketBatch batch = readByAvro(written(seed));
            assertThat(BatchEncoding.encode(batch))
                    .as("seed %d", seed)
                    .isEqualTo(PacketBatch.getEncoder().encode(batch));
        }
    }

    @Test
    void shouldReadFromTheMiddleOfABuffer() throws IOException {
        byte[] message = single(written(1));
        ByteBuffer larger = ByteBuffer.allocate(message.length + 20)
                .position(7)
                .put(message)
                .flip()
                .position(7);
        assertThat(BatchEncoding.decode(larger)).isEqualTo(BatchEncoding.decode(ByteBuffer.wrap(message)));
    }

    @Test
    void shouldRefuseBytesThatEndEarly() throws IOException {
        byte[] message = single(written(2));
        for (int length = 0; length < message.length; length += 1 + length / 8) {
            byte[] part = Arrays.copyOf(message, length);
            assertThatThrownBy(() -> BatchEncoding.decode(ByteBuffer.wrap(part)))
                    .as("%d bytes", length)
                    .isInstanceOf(AvroRuntimeException.class);
        }
    }

    @Test
    void shouldEndOrRefuseWhateverTheBytes() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            byte[] message = single(written(seed));
            for (int i = 0; i < 8; i++) {
                message[HEADER + random.nextInt(message.length - HEADER)] = (byte) random.nextInt();
            }
            try {
                assertThat(BatchEncoding.decode(ByteBuffer.wrap(message))).isNotNull();
            } catch (AvroRuntimeException refused) {
                assertThat(refused).as("seed %d", seed).isNotNull();
            }
        }
    }

    @Test
    void shouldTakeNoMemoryForATextThatIsNotThere() {
        byte[] twoGigabytes = {(byte) 0xf0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'};
        assertThatThrownBy(() -> BatchEncoding.decode(ByteBuffer.wrap(single(twoGigabytes))))
                .isInstanceOf(AvroRuntimeException.class);
    }

    @Test
    void shouldRefuseAnUnknownVersion() throws IOException {
        byte[] message = single(written(3));
        message[5]++;
        assertThatThrownBy(() -> BatchEncoding.decode(ByteBuffer.wrap(message)))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessageContaining("fingerprint");
    }

    /** A random batch as Avro's generic writer writes it. */
    private static byte[] written(int seed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(SCHEMA)
                .write(new RandomData(SCHEMA, 1, seed).iterator().next(), encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] single(byte[] data) {
        return ByteBuffer.allocate(HEADER + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x01c3)
                .putLong(SchemaNormalization.parsingFingerprint64(SCHEMA))
                .put(data)
                .array();
    }

    private static PacketBatch readByAvro(byte[] data) throws IOException {
        BatchEncoding.trustSchemas();
        return new SpecificDatumReader<>(PacketBatch.class)
                .read(null, DecoderFactory.get().binaryDecoder(data, null));
    }
}
