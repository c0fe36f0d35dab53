package io.tripline.job.kafka;

import io.tripline.job.elastic.RejectedDocuments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts documents that the store refused on the topic of what was rejected. */
public final class KafkaRejectedDocuments implements RejectedDocuments {
    private static final long serialVersionUID = 1;

    private final KafkaSettings kafka;

    public KafkaRejectedDocuments(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public Writer open() {
        return new ToTopic(kafka);
    }

    /** Connects with the first document: nearly every run has none. */
    private static final class ToTopic implements Writer {
        private final KafkaSettings kafka;
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private @Nullable KafkaProducer<byte[], byte[]> producer;

        ToTopic(KafkaSettings kafka) {
            this.kafka = kafka;
        }

        @Override
        public void reject(String id, String reason, String document) throws IOException {
            try {
                KafkaProducer<byte[], byte[]> to = producer;
                if (to == null) {
                    to = new KafkaProducer<>(
                            KafkaResults.producer(kafka), new ByteArraySerializer(), new ByteArraySerializer());
                    producer = to;
                }
                sent.add(to.send(new ProducerRecord<>(kafka.topics().rejected(), JsonRecord.of(id, reason, document))));
            } catch (KafkaException e) {
                throw new IOException("cannot report a rejected document: " + e.getMessage(), e);
            }
        }

        @Override
        public void flush() throws IOException {
            if (producer != null) {
                producer.flush();
            }
            try {
                for (Future<RecordMetadata> one : sent) {
                    one.get();
                }
                sent.clear();
            } catch (ExecutionException e) {
                throw new IOException("a rejected document was not reported: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() {
            if (producer != null) {
                producer.close();
            }
        }
    }
}
