import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Opens, updates and closes cases from Tripline's alerts, as a SOAR would. A case is a file; put your SOAR's calls in
 * their place.
 *
 * <p>Usage: {@code java -cp 'job/program/target/lib/*' docs/examples/AlertConsumer.java BROKERS FOLDER [--topic
 * tripline.alerts] [--group soar-java] [--until-idle SECONDS] [--kafka-properties FILE]}. Needs kafka-clients and
 * jackson-databind on the class path. FILE holds properties of Kafka's client, such as those for TLS and log-in. Exit
 * status 69 when Kafka refuses or has no such topic. SIGTERM and Ctrl-C end it in good order: it leaves its group, so
 * that the next one begins at once and not after the session's timeout.
 *
 * <p>A document may come twice and, after a restart, late: the case remembers the newest it has seen. The first
 * document of an incident opens its case, whatever its stage. Offsets are committed after cases are safe: a crash in
 * between repeats documents, which changes nothing.
 */
public final class AlertConsumer {
    private static final Map<String, Integer> STAGES = Map.of("opened", 0, "updated", 1, "closed", 2);
    private static final Set<String> OPTIONS = Set.of("--topic", "--group", "--until-idle", "--kafka-properties");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private AlertConsumer(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("--topic", "tripline.alerts", "--group", "soar-java"));
        for (int i = 2; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length || !OPTIONS.contains(arguments[i])) {
                usage();
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length < 2) {
            usage();
        }
        String topic = options.get("--topic");
        String idle = options.get("--until-idle");
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Properties settings = new Properties();
        String file = options.get("--kafka-properties");
        if (file != null) {
            try (Reader in = Files.newBufferedReader(Path.of(file))) {
                settings.load(in);
            }
        }
        settings.put("bootstrap.servers", arguments[0]);
        settings.put("group.id", options.get("--group"));
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        // Of exactly-once delivery (kafka.delivery in the job's settings) only what is final; no difference otherwise.
        settings.put("isolation.level", "read_committed");
        CountDownLatch closed = new CountDownLatch(1);
        int status = 0;
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            // Ends the wait for records, and the program only when the consumer has left its group.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                awaitClosing(closed);
            }));
            requireTopic(consumer, topic);
            consumer.subscribe(List.of(topic));
            new AlertConsumer(folder).consume(consumer, idle == null ? null : Duration.ofSeconds(Long.parseLong(idle)));
        } catch (WakeupException e) {
            // SIGTERM: cases that are safe and were not committed come again, which changes nothing.
        } catch (KafkaException e) {
            System.err.println("Kafka at " + arguments[0] + ", topic " + topic + ": " + e.getMessage());
            status = 69;
        } finally {
            closed.countDown();
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    private static void usage() {
        System.err.println("usage: AlertConsumer BROKERS FOLDER [--topic TOPIC] [--group GROUP] [--until-idle SECONDS]"
                + " [--kafka-properties FILE]");
        System.exit(64);
    }

    private static void awaitClosing(CountDownLatch closed) {
        try {
            closed.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A name that nobody publishes to would be waited for in silence. */
    private static void requireTopic(KafkaConsumer<String, String> consumer, String topic) {
        List<PartitionInfo> partitions;
        try {
            partitions = consumer.partitionsFor(topic, Duration.ofSeconds(5));
        } catch (TimeoutException e) {
            return; // no broker answers yet: the client waits for one
        }
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no such topic");
        }
    }

    private void consume(KafkaConsumer<String, String> consumer, Duration idle) throws IOException {
        long last = System.nanoTime();
        while (idle == null || System.nanoTime() - last < idle.toNanos()) {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(500));
            for (ConsumerRecord<String, String> record : records) {
                last = System.nanoTime();
                take(record);
            }
            if (!records.isEmpty()) {
                consumer.commitSync();
            }
        }
    }

    /** What is no alert stays none however often it is read: says so, and goes on. */
    private void take(ConsumerRecord<String, String> record) throws IOException {
        JsonNode document;
        try {
            document = JSON.readTree(record.value());
        } catch (IOException e) {
            document = JSON.missingNode();
        }
        String id = document.path("event").path("id").asText();
        if (!id.matches("[0-9a-f]{32}") || !STAGES.containsKey(document.path("event").path("action").asText())) {
            System.err.println("not an alert at " + record.partition() + ":" + record.offset());
            return;
        }
        System.out.println(handle(document, id) + " " + id);
    }

    /** Does what a document asks for and says what that was. Doing it again does nothing. */
    private String handle(JsonNode document, String id) throws IOException {
        String stage = document.path("event").path("action").asText();
        // Fixed width and UTC: the order of the texts is the order of the times.
        String order = document.path("@timestamp").asText() + STAGES.get(stage);
        Path file = folder.resolve(id + ".json");
        boolean known = Files.exists(file);
        ObjectNode one = known ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
        if (known && order.compareTo(one.path("order").asText()) <= 0) {
            return "skips";
        }
        if (!known) {
            one.put("id", id).put("opened_by", stage);
        }
        boolean closed = stage.equals("closed");
        one.put("order", order).put("title", document.path("message").asText()).put("closed", closed);
        one.set("severity", document.path("event").path("severity"));
        Path whole = Files.writeString(folder.resolve(id + ".new"), one.toString());
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return !known ? closed ? "opens and closes" : "opens" : closed ? "closes" : "updates";
    }
}
