package io.tripline.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Packet batches as bytes: Avro single-object encoding (two bytes of marker, eight of schema fingerprint, then the
 * data), so that a
 * reader knows which version of the schema wrote them.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object encoding</a>
 */
public final class BatchEncoding {
    private static final BinaryMessageEncoder<PacketBatch> ENCODER;
    private static final BinaryMessageDecoder<PacketBatch> DECODER;

    static {
        trustSchemas();
        ENCODER = PacketBatch.getEncoder();
        DECODER = PacketBatch.getDecoder();
    }

    private BatchEncoding() {}

    /**
     * Lets Avro make objects of this package's classes besides those trusted already. Since 1.12.2 Avro refuses to
     * load a class that a
     * schema names unless its package is trusted. Whoever decodes batches by other means than this class calls this
     * first; a
     * second call changes nothing.
     */
    public static synchronized void trustSchemas() {
        ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!before.isTrusted(PacketBatch.class)) {
            String ours = PacketBatch.class.getPackageName();
            ClassSecurityValidator.setGlobal(type -> before.isTrusted(type) || ours.equals(type.getPackageName()));
        }
    }

    public static ByteBuffer encode(PacketBatch batch) throws IOException {
        return ENCODER.encode(batch);
    }

    /**
     * Reads a batch of the current schema version; an unknown fingerprint is an {@link
     * org.apache.avro.AvroRuntimeException}.
     */
    public static PacketBatch decode(ByteBuffer bytes) throws IOException {
        return DECODER.decode(bytes);
    }

    /** A decoder that also reads what other versions of the schema wrote, as far as the store knows them. */
    public static BinaryMessageDecoder<PacketBatch> decoder(SchemaStore versions) {
        return PacketBatch.createDecoder(versions);
    }
}
