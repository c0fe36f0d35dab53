package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The consumers that the documentation shows, with documents that come twice, late, without a beginning, or are none.
 */
@Tag("system")
class ExampleConsumersTest {
    private static final Path EXAMPLES =
            Path.of("../../docs/examples").toAbsolutePath().normalize();
    private static final String PYTHON = "/usr/bin/python3";
    private static final String IDLE_SECONDS = "8";

    @TempDir
    private static Path dir;

    private static KafkaServer kafka;

    @TempDir
    private Path cases;

    @BeforeAll
    static void start() throws Exception {
        List<Integer> ports = Ports.free(2);
        kafka = new KafkaServer(dir, ports.get(0), ports.get(1));
        kafka.startAndAwait();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            admin.createTopics(List.of(new NewTopic("python", 1, (short) 1), new NewTopic("java", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.stop();
    }

    private static String document(int incident, String stage, int second) {
        return "{\"@timestamp\":\"2026-11-25T10:00:%02d.000000Z\",\"event\":{\"id\":\"%032x\",\"action\":\"%s\",\"severity\":47},\"message\":\"a scan\"}"
                .formatted(second, incident, stage);
    }

    private static void send(String topic, String... documents) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address()), new StringSerializer(), new StringSerializer())) {
            for (String document : documents) {
                producer.send(new ProducerRecord<>(topic, document)).get();
            }
        }
    }

    private List<String> consumer(String language, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        if (language.equals("python")) {
            assumeTrue(
                    Files.exists(Path.of(PYTHON))
                            && run(List.of(PYTHON, "-c", "import confluent_kafka"))
                                            .status()
                                    == 0,
                    "no python3-confluent-kafka: not tested here");
            command.addAll(List.of(PYTHON, EXAMPLES.resolve("alert_consumer.py").toString()));
        } else {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    EXAMPLES.resolve("AlertConsumer.java").toString()));
        }
        command.addAll(List.of(kafka.address(), cases.toString()));
        command.addAll(List.of(options));
        return command;
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "java"})
    void shouldHandleEachChangeOnce(String language) throws Exception {
        shouldHandleEachChangeOnce(language, consumer(language, "--topic", language, "--until-idle", IDLE_SECONDS));
    }

    /** A topic that is not there is nothing to wait for. */
    @ParameterizedTest
    @ValueSource(strings = {"python", "java"})
    void shouldSayThatThereIsNoSuchTopic(String language) throws Exception {
        Run run = run(consumer(language, "--topic", "nobody-s"));

        assertThat(run.status()).as(run.out()).isEqualTo(69);
        assertThat(run.out()).contains("nobody-s");
    }

    /** One that is stopped leaves its group: the next one need not wait for the session to time out (45 s). */
    @ParameterizedTest
    @ValueSource(strings = {"python", "java"})
    void shouldLeaveItsGroupWhenItIsStopped(String language) throws Exception {
        String topic = language + "-stopped";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            List<String> command = consumer(language, "--topic", topic, "--group", topic);
            send(topic, document(1, "opened", 1));
            Path out = Files.createTempFile(dir, "first", ".txt");
            Process first = start(command, out);
            Deadline.in(Duration.ofSeconds(60))
                    .until(
                            "it has handled the first",
                            () -> Files.readString(out).contains("opens"));

            first.destroy();

            assertThat(first.waitFor(30, TimeUnit.SECONDS))
                    .as("ends on SIGTERM")
                    .isTrue();
            assertThat(admin.describeConsumerGroups(List.of(topic)).all().get())
                    .as("the group has no members")
                    .hasEntrySatisfying(
                            topic, group -> assertThat(group.members()).isEmpty());
            send(topic, document(1, "closed", 40));
            Path again = Files.createTempFile(dir, "second", ".txt");
            Process second = start(command, again);
            try {
                Deadline.in(Duration.ofSeconds(30))
                        .until(
                                "the next one has the next",
                                () -> Files.readString(again).contains("closes"));
            } finally {
                second.destroy();
                assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static Process start(List<String> command, Path out) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private void shouldHandleEachChangeOnce(String topic, List<String> consumer) throws Exception {
        send(
                topic,
                document(1, "opened", 1),
                document(1, "opened", 1),
                "no alert at all",
                document(2, "updated", 5),
                document(2, "opened", 1),
                document(1, "updated", 31));

        assertThat(told(run(consumer))).containsExactly("opens 1", "skips 1", "opens 2", "skips 2", "updates 1");

        send(
                topic,
                document(1, "updated", 31),
                document(1, "closed", 40),
                document(1, "updated", 35),
                document(3, "closed", 9));

        assertThat(told(run(consumer)))
                .as("goes on where it was")
                .containsExactly("skips 1", "closes 1", "skips 1", "opens and closes 3");
        assertThat(closed(1)).isTrue();
        assertThat(closed(2)).isFalse();
        assertThat(closed(3)).isTrue();
    }

    private boolean closed(int incident) throws IOException {
        JsonNode one = new ObjectMapper()
                .readTree(cases.resolve("%032x.json".formatted(incident)).toFile());
        return one.path("closed").asBoolean();
    }

    private record Run(int status, String out) {}

    private static List<String> told(Run run) {
        assertThat(run.status()).as(run.out()).isZero();
        List<String> told = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            if (line.matches("[a-z ]+ [0-9a-f]{32}.*")) {
                told.add(line.replaceFirst(" 0+([1-9]).*", " $1"));
            }
        }
        return told;
    }

    private static Run run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(dir, "out", ".txt");
        Process process = start(command, out);
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends: %s%n%s", command, Files.readString(out)).isTrue();
        return new Run(process.exitValue(), Files.readString(out));
    }
}
