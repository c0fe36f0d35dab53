package io.tripline.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Decodes batches of this program's version of the schema by {@link BatchReader}, those of other versions as Avro does.
 */
final class BatchDecoder extends BinaryMessageDecoder<PacketBatch> {
    /** The two bytes that a single object begins with, as a short in little-endian order. */
    static final short MARKER = 0x01c3;

    private static final int HEADER = 10;

    /** Fingerprint of this program's version. */
    static final long CURRENT = SchemaNormalization.parsingFingerprint64(PacketBatch.getClassSchema());

    BatchDecoder(@Nullable SchemaStore versions) {
        super(SpecificData.getForClass(PacketBatch.class), PacketBatch.getClassSchema(), versions);
    }

    @Override
    public PacketBatch decode(ByteBuffer encoded, @Nullable PacketBatch reuse) throws IOException {
        if (!encoded.hasArray() || !isCurrent(encoded)) {
            return super.decode(encoded, reuse);
        }
        return read(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
    }

    @Override
    public PacketBatch decode(byte[] encoded, @Nullable PacketBatch reuse) throws IOException {
        return isCurrent(ByteBuffer.wrap(encoded)) ? read(encoded, 0, encoded.length) : super.decode(encoded, reuse);
    }

    private static boolean isCurrent(ByteBuffer encoded) {
        if (encoded.remaining() < HEADER) {
            return false;
        }
        ByteBuffer header = encoded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return header.getShort(header.position()) == MARKER && header.getLong(header.position() + 2) == CURRENT;
    }

    /** Whatever is wrong with the bytes is told as one kind of exception. */
    private static PacketBatch read(byte[] bytes, int offset, int length) {
        try {
            return BatchEncoding.reader()
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, offset + HEADER, length - HEADER, null));
        } catch (IOException | UnsupportedOperationException | IndexOutOfBoundsException e) {
            throw new AvroRuntimeException("not a packet batch", e);
        }
    }
}
