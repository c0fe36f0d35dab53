package io.tripline.job.elastic;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A document in a checkpoint. */
final class DocumentStateSerializer implements SimpleVersionedSerializer<ElasticDocument> {
    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ElasticDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) document.size());
        document.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Override
    public ElasticDocument deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("documents in this checkpoint have format " + version + ", this program reads "
                    + VERSION + ": it was written by another version");
        }
        return ElasticDocument.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
