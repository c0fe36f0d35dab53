package io.tripline.job.elastic;

import java.io.IOException;
import java.io.Serializable;

/** Where documents go that Elasticsearch will never take, so that none is dropped silently. */
public interface RejectedDocuments extends Serializable {
    /** Opens it where the sink runs. */
    Writer open() throws IOException;

    /** Takes rejected documents. Used by one thread. */
    interface Writer extends AutoCloseable {
        /**
         * Takes a document, which is safe after the next {@link #flush}.
         *
         * @param id its {@code _id}
         * @param reason what the server said, one line
         * @param document as it was sent
         */
        void reject(String id, String reason, String document) throws IOException;

        /** Returns once all that was taken is stored. */
        void flush() throws IOException;

        @Override
        void close() throws IOException;
    }
}
