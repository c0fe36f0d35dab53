package io.tripline.sensor.publish;

import io.tripline.schemas.PacketBatch;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a sensor asks and tells the brokers before it begins. */
final class Brokers {
    private static final int ATTEMPTS = 4;

    private final KafkaClientSettings settings;
    private final WallClock clock;

    Brokers(KafkaClientSettings settings, WallClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks for the topic.
     *
     * @return addresses of the brokers
     * @throws StartFailure when they cannot be reached within the time, refuse, or do not have the topic
     */
    List<InetSocketAddress> check(long seconds) throws StartFailure, InterruptedException {
        try (Admin admin = settings.admin()) {
            Map<String, TopicDescription> topics = admin.describeTopics(List.of(settings.packets()))
                    .allTopicNames()
                    .get(seconds, TimeUnit.SECONDS);
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (Node node : admin.describeCluster().nodes().get(seconds, TimeUnit.SECONDS)) {
                addresses.add(new InetSocketAddress(node.host(), node.port()));
            }
            if (topics.isEmpty()) {
                throw failure(new UnknownTopicOrPartitionException(), true);
            }
            return addresses;
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = KafkaReasons.unwrap(e);
            throw failure(
                    cause,
                    cause instanceof AuthenticationException
                            || cause instanceof AuthorizationException
                            || cause instanceof UnknownTopicOrPartitionException);
        } catch (TimeoutException e) {
            throw new StartFailure(
                    "kafka:" + settings.brokers() + ": no response within " + seconds + " seconds"
                            + KafkaReasons.NO_ANSWER,
                    false);
        }
    }

    private StartFailure failure(Throwable cause, boolean lasting) {
        boolean isOfTopic =
                cause instanceof UnknownTopicOrPartitionException || cause instanceof TopicAuthorizationException;
        String topic = isOfTopic ? settings.packets() + ": " : "";
        return new StartFailure("kafka:" + settings.brokers() + ": " + topic + KafkaReasons.of(cause), lasting);
    }

    /**
     * Publishes the schema under its fingerprint, and measures the clock on the way: the first time pays for the
     * connection, the next ones are quick.
     */
    void introduce(Producer<byte[], byte[]> producer, BrokerClock offset, Notices notices) throws InterruptedException {
        byte[] key = fingerprint().getBytes(StandardCharsets.US_ASCII);
        byte[] schema = PacketBatch.getClassSchema().toString().getBytes(StandardCharsets.UTF_8);
        try {
            producer.partitionsFor(settings.schemas());
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long sent = clock.micros();
                long time = sent / 1_000 - 1;
                RecordMetadata metadata = producer.send(
                                new ProducerRecord<>(settings.schemas(), null, time, key, schema))
                        .get(5, TimeUnit.SECONDS);
                if (metadata.hasTimestamp() && metadata.timestamp() != time && attempt > 0) {
                    offset.measured(sent, clock.micros(), metadata.timestamp());
                }
            }
        } catch (ExecutionException | KafkaException | TimeoutException e) {
            notices.tell(
                    "schema",
                    "cannot publish the schema to " + settings.schemas() + ": " + KafkaReasons.of(e)
                            + "; a job of another version cannot read this sensor's batches");
        }
    }

    /** The schema's CRC-64-AVRO as 16 hexadecimal digits. */
    static String fingerprint() {
        return String.format(
                Locale.ROOT, "%016x", SchemaNormalization.parsingFingerprint64(PacketBatch.getClassSchema()));
    }
}
