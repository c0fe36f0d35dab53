import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Opens, updates and closes cases from Tripline's alerts, as a SOAR would. A case is a file; put your SOAR's calls in their place.
 *
 * <p>Usage: {@code java -cp 'job/target/lib/*' docs/examples/AlertConsumer.java BROKERS FOLDER [TOPIC [GROUP [IDLE_SECONDS]]]}. Needs
 * kafka-clients and jackson-databind on the class path. {@code -Dkafka.properties=FILE} names properties of Kafka's client, such as those for
 * TLS and log-in. Exit status 69 when Kafka refuses.
 *
 * <p>A document may come twice and, after a restart, late: the case remembers the newest it has seen. The first document of an incident opens
 * its case, whatever its stage. Offsets are committed after cases are safe: a crash in between repeats documents, which changes nothing.
 */
public final class AlertConsumer {
    private static final Map<String, Integer> STAGES = Map.of("opened", 0, "updated", 1, "closed", 2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private AlertConsumer(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: AlertConsumer BROKERS FOLDER [TOPIC [GROUP [IDLE_SECONDS]]]");
            System.exit(64);
        }
        String topic = arguments.length > 2 ? arguments[2] : "tripline.alerts";
        String group = arguments.length > 3 ? arguments[3] : "soar";
        long idle = arguments.length > 4 ? Long.parseLong(arguments[4]) : Long.MAX_VALUE / 2_000_000_000;
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Properties settings = new Properties();
        String file = System.getProperty("kafka.properties");
        if (file != null) {
            try (Reader in = Files.newBufferedReader(Path.of(file))) {
                settings.load(in);
            }
        }
        settings.put("bootstrap.servers", arguments[0]);
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        // Of exactly-once delivery (kafka.delivery in the job's settings) only what is final; no difference otherwise.
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            new AlertConsumer(folder).consume(consumer, Duration.ofSeconds(idle));
        } catch (KafkaException e) {
            System.err.println("Kafka at " + arguments[0] + ": " + e.getMessage());
            System.exit(69);
        }
    }

    private void consume(KafkaConsumer<String, String> consumer, Duration idle) throws IOException {
        long last = System.nanoTime();
        while (System.nanoTime() - last < idle.toNanos()) {
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
