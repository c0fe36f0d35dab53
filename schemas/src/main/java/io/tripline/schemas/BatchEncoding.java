package io.tripline.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Packet batches as bytes: Avro single-object encoding (two bytes of marker, eight of schema fingerprint, then the
 * data), so that a reader knows which version of the schema wrote them.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object encoding</a>
 */
public final class BatchEncoding {
    private static final DatumReader<PacketBatch> READER = new BatchReader();
    private static final byte[] HEADER;
    private static final BinaryMessageDecoder<PacketBatch> DECODER;

    /** What a batch takes besides, about; and what records and volumes take, at most as a rule. */
    private static final int BATCH_BYTES = 512;

    private static final int ENTRY_BYTES = 72;
    private static final int BLOCK_BYTES = 8_192;

    static {
        trustSchemas();
        HEADER = header();
        DECODER = new BatchDecoder(null);
    }

    private BatchEncoding() {}

    /**
     * Lets Avro make objects of this package's classes besides those trusted already. Since 1.12.2 Avro refuses to load
     * a class that a schema names unless its package is trusted. Whoever decodes batches by other means than this class
     * calls this first; a second call changes nothing.
     */
    public static synchronized void trustSchemas() {
        ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!before.isTrusted(PacketBatch.class)) {
            String ours = PacketBatch.class.getPackageName();
            ClassSecurityValidator.setGlobal(type -> before.isTrusted(type) || ours.equals(type.getPackageName()));
        }
    }

    /**
     * The batch as bytes, which are the buffer's whole array. Written by the code that Avro generates, without an
     * object for each number.
     */
    public static ByteBuffer encode(PacketBatch batch) throws IOException {
        int entries = batch.getRecords().size() + batch.getVolumes().size();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BATCH_BYTES + ENTRY_BYTES * entries);
        bytes.write(HEADER);
        BinaryEncoder encoder =
                new EncoderFactory().configureBufferSize(BLOCK_BYTES).binaryEncoder(bytes, null);
        batch.customEncode(encoder);
        encoder.flush();
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static byte[] header() {
        return ByteBuffer.allocate(Short.BYTES + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(BatchDecoder.MARKER)
                .putLong(BatchDecoder.CURRENT)
                .array();
    }

    /**
     * Reads a batch of the current schema version. Any others, and bytes that are no batch, are an {@link
     * org.apache.avro.AvroRuntimeException}.
     */
    public static PacketBatch decode(ByteBuffer bytes) throws IOException {
        return DECODER.decode(bytes);
    }

    /**
     * Reads what this program's own version of the schema wrote, without marker and fingerprint, several times as fast
     * as Avro's reader. Any number of threads may use it; whatever the bytes claim, it takes a few times as much memory
     * as there are bytes.
     */
    public static DatumReader<PacketBatch> reader() {
        return READER;
    }

    /** A decoder that also reads what other versions of the schema wrote, as far as the store knows them. */
    public static BinaryMessageDecoder<PacketBatch> decoder(SchemaStore versions) {
        return new BatchDecoder(versions);
    }
}
