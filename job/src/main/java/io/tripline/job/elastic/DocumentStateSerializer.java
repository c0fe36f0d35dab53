package io.tripline.job.elastic;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;

/** Documents in a checkpoint. */
final class DocumentStateSerializer extends AsyncSinkWriterStateSerializer<ElasticDocument> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    protected void serializeRequestToStream(ElasticDocument document, DataOutputStream out) throws IOException {
        document.write(out);
    }

    @Override
    public BufferedRequestState<ElasticDocument> deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("documents in this checkpoint have format " + version + ", this program reads "
                    + VERSION + ": it was written by a newer one");
        }
        return super.deserialize(version, bytes);
    }

    @Override
    protected ElasticDocument deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        return ElasticDocument.read(in);
    }
}
