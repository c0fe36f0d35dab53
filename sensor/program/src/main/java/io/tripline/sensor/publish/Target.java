package io.tripline.sensor.publish;

import io.tripline.schemas.BatchKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Where a sensor publishes to. */
public sealed interface Target {
    /**
     * Kafka, as its settings say.
     *
     * @param key with which records are signed; null where they are not
     */
    record Kafka(KafkaClientSettings settings, @Nullable BatchKey key) implements Target {}

    /** A folder of Avro files. */
    record Files(Path folder) implements Target {}

    /**
     * A spool on disk for when the target is away.
     *
     * @param folder of this sensor alone
     * @param capacity bytes at most
     */
    record SpoolSettings(Path folder, long capacity) {}

    /** What is there when the target was opened. */
    record Opened(Publisher publisher, List<InetSocketAddress> brokers) {}

    /** Bytes of a file in a folder of batches, about. */
    long FILE = 256 << 20;

    /**
     * Opens the target and makes a publisher, which is not started.
     *
     * @param sensor name, for the client and for files
     * @param run when this run began, microseconds
     * @param spool null for none
     * @param patient whether an unreachable target is waited for (what is captured goes to the spool) instead of a
     *     failure
     * @throws StartFailure when the target cannot be used
     * @throws IOException when the spool or the folder cannot be used
     */
    default Opened open(
            String sensor, long run, @Nullable SpoolSettings spool, boolean patient, WallClock clock, Notices notices)
            throws StartFailure, IOException, InterruptedException {
        Spool disk = spool == null ? null : Spool.open(spool.folder(), spool.capacity(), notices);
        Ledger ledger =
                spool == null ? Ledger.inMemory() : Ledger.open(spool.folder().resolve("ledger"));
        if (disk != null) {
            ledger.carryOver(disk.found(), notices);
        }
        BrokerClock offset = new BrokerClock();
        if (this instanceof Files files) {
            Destination folder =
                    new FileDestination(files.folder(), sensor.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + run, FILE);
            return new Opened(new Publisher(folder, disk, ledger, offset, clock, notices), List.of());
        }
        Kafka kafka = (Kafka) this;
        KafkaClientSettings settings = kafka.settings();
        List<InetSocketAddress> addresses = connect(settings, sensor, offset, patient, clock, notices);
        KafkaDestination topic =
                new KafkaDestination(() -> settings.producer(sensor), settings.packets(), kafka.key(), notices);
        if (!addresses.isEmpty()) {
            topic.warmUp();
        }
        return new Opened(new Publisher(topic, disk, ledger, offset, clock, notices), addresses);
    }

    private static List<InetSocketAddress> connect(
            KafkaClientSettings settings,
            String sensor,
            BrokerClock offset,
            boolean patient,
            WallClock clock,
            Notices notices)
            throws StartFailure, InterruptedException {
        try {
            settings.check(sensor);
        } catch (ConfigException e) {
            throw new StartFailure("Kafka properties: " + withoutValue(e), true);
        }
        Brokers brokers = new Brokers(settings, clock);
        List<InetSocketAddress> addresses;
        try {
            addresses = brokers.check(patient ? 5 : 15);
        } catch (StartFailure failure) {
            if (failure.isLasting() || !patient) {
                throw failure;
            }
            notices.tell("away", failure.getMessage() + "; capturing into the spool until then");
            return List.of();
        }
        try (Producer<byte[], byte[]> producer = settings.introducer(sensor)) {
            brokers.introduce(producer, offset, notices);
            producer.close(Duration.ofSeconds(1));
        } catch (KafkaException e) {
            throw new StartFailure("kafka:" + settings.brokers() + ": " + KafkaReasons.of(e), true);
        }
        return addresses;
    }

    /** Kafka says "Invalid value SECRET for configuration KEY: …"; the value is nobody's business. */
    private static String withoutValue(ConfigException e) {
        String message = Reasons.of(e);
        int key = message.indexOf(" for configuration ");
        return key < 0 ? message : "not a valid value" + message.substring(key).replaceFirst(":.*", "");
    }
}
