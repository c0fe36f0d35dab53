package io.tripline.sensor.publish;

import io.tripline.schemas.BatchKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A topic. Records have no key; {@link Spread} says which partition they go to. The header {@code sensor} names who
 * sent it, and where there is a key, another holds the record's code ({@link BatchKey}).
 *
 * <p>The client is idempotent and has no time limit for a delivery: as long as it lives it writes each record once, in
 * order within a partition. After an error that it cannot recover from, another client takes its place.
 */
final class KafkaDestination implements Destination {
    static final String SENSOR = "sensor";

    /** Heartbeats in a row whose time the broker left as it was. */
    private static final int CONVINCED = 40;

    /** Of as long as the client may block, see max.block.ms. */
    private static final int WARM_UP = 50;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String topic;
    private final @Nullable BatchKey key;
    private final Notices notices;
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean broken;
    private volatile int unstamped;
    private final Spread spread = new Spread(System::nanoTime);
    private int partitions;

    /**
     * A topic that need not be reachable yet.
     *
     * @param producers makes a client; called again when one is beyond repair
     * @param key with which records are signed; null where they are not
     */
    KafkaDestination(
            Supplier<Producer<byte[], byte[]>> producers, String topic, @Nullable BatchKey key, Notices notices) {
        this.key = key;
        this.producers = producers;
        this.topic = topic;
        this.notices = notices;
    }

    /** Waits until the client knows the topic, so that the first batch need not; no longer than a few seconds. */
    void warmUp() {
        for (int attempt = 0; attempt < WARM_UP && partitions() == 0; attempt++) {
            // Each attempt waits as long as the client may block.
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> now = producer;
        if (now != null && broken) {
            producer = null;
            broken = false;
            now.close(Duration.ZERO);
            now = null;
        }
        if (now == null) {
            now = producers.get();
            producer = now;
        }
        return now;
    }

    @Override
    public int partitions() {
        try {
            partitions = spread.used(producer().partitionsFor(topic).size());
        } catch (KafkaException e) {
            // The client asks again by itself; until then the number is as before.
        }
        return partitions;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    public void send(Outgoing batch, Outcome outcome) {
        boolean known = partitions > 0 || partitions() > 0;
        if (known && (batch.partition == Outgoing.ANY || batch.partition >= partitions)) {
            batch.partition = Spread.of(batch, partitions);
        }
        Integer partition = batch.partition == Outgoing.ANY ? null : batch.partition;
        // A millisecond early, so that a time that comes back unchanged shows that the broker did not set it.
        long time = Math.max(0, batch.sentMicros / 1_000 - 1);
        Header sensor = new RecordHeader(SENSOR, batch.sensor.getBytes(StandardCharsets.UTF_8));
        List<Header> headers = key == null
                ? List.of(sensor)
                : List.of(sensor, new RecordHeader(BatchKey.HEADER, key.sign(batch.bytes)));
        try {
            producer()
                    .send(
                            new ProducerRecord<>(topic, partition, time, null, batch.bytes, headers),
                            (metadata, exception) -> completed(batch, time, metadata, exception, outcome));
        } catch (KafkaException | IllegalStateException e) {
            failed(batch, e, outcome);
        }
    }

    private void completed(
            Outgoing batch,
            long time,
            @Nullable RecordMetadata metadata,
            @Nullable Exception exception,
            Outcome outcome) {
        if (exception != null) {
            failed(batch, exception, outcome);
            return;
        }
        long appended = metadata != null && metadata.hasTimestamp() ? metadata.timestamp() : -1;
        boolean stamped = appended >= 0 && appended != time;
        if (batch.heartbeat) {
            watchStamps(stamped);
        }
        outcome.of(batch, stamped ? appended : -1, null, "");
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread of the client calls back
    private void watchStamps(boolean stamped) {
        unstamped = stamped ? 0 : unstamped + 1;
        if (unstamped == CONVINCED) {
            notices.tell(
                    "stamps",
                    "topic " + topic + " keeps the sensor's time; set message.timestamp.type=LogAppendTime on it");
        }
    }

    private void failed(Outgoing batch, Exception exception, Outcome outcome) {
        boolean refused = exception instanceof RecordTooLargeException
                || exception instanceof InvalidRecordException
                || exception instanceof InvalidConfigurationException
                || exception instanceof SerializationException;
        if (!refused && !(exception instanceof RetriableException)) {
            broken = true;
        }
        outcome.of(batch, -1, refused ? Failure.REFUSED : Failure.AWAY, KafkaReasons.of(exception));
    }

    @Override
    public void close(Duration patience) {
        Producer<byte[], byte[]> now = producer;
        if (now != null) {
            now.close(patience);
        }
    }
}
