package io.tripline.job.kafka;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Readers of batches by the fingerprint of the schema that wrote them: this program's own, all before it, and what
 * sensors of later versions published. Used by one thread.
 */
final class SchemaVersions {
    /** Whoever writes to the schemas' topic could fill the memory otherwise. */
    private static final int MOST = 1_000;

    private final Map<Long, DatumReader<PacketBatch>> readers = new HashMap<>();
    private final SchemaLookup later;

    SchemaVersions(SchemaLookup later) {
        BatchEncoding.trustSchemas();
        this.later = later;
        add(PacketBatch.getClassSchema());
        for (int version = 1; ; version++) {
            try (InputStream in = older(version)) {
                if (in == null) {
                    break;
                }
                add(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The reader for what a schema wrote; null where nobody knows it, or knows only one that cannot be read. */
    @Nullable
    DatumReader<PacketBatch> reader(long fingerprint) {
        DatumReader<PacketBatch> known = readers.get(fingerprint);
        if (known != null) {
            return known;
        }
        later.published().forEach(this::learn);
        return readers.get(fingerprint);
    }

    private void learn(String json) {
        if (readers.size() >= MOST) {
            return;
        }
        try {
            Schema schema = parse(json);
            if (WriterSchema.isHarmless(schema)) {
                add(schema);
            }
        } catch (AvroRuntimeException e) {
            // What it wrote stays unknown and is rejected with its fingerprint.
            return;
        }
    }

    private void add(Schema writer) {
        readers.computeIfAbsent(SchemaNormalization.parsingFingerprint64(writer), fingerprint -> {
            if (writer.equals(PacketBatch.getClassSchema())) {
                return BatchEncoding.reader();
            }
            @SuppressWarnings("unchecked") // the schema expected is that of a batch
            DatumReader<PacketBatch> reader = (DatumReader<PacketBatch>)
                    SpecificData.get().createDatumReader(writer, PacketBatch.getClassSchema());
            return reader;
        });
    }

    private static @Nullable InputStream older(int version) {
        return PacketBatch.class.getResourceAsStream("/io/tripline/schemas/versions/PacketBatch.v" + version + ".avsc");
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }
}
