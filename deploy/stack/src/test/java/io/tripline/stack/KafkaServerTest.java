package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class KafkaServerTest {
    private static final String LOG_IN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @TempDir
    private Path dir;

    @Test
    void shouldKeepRecordsThroughAKill() throws Exception {
        List<Integer> ports = Ports.free(2);
        KafkaServer kafka = new KafkaServer(dir, ports.get(0), ports.get(1));
        try {
            kafka.startAndAwait();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
                admin.createTopics(Set.of(new NewTopic("t", 1, (short) 1)))
                        .all()
                        .get(60, TimeUnit.SECONDS);
            }
            send(kafka, "before");
            long first = kafka.process().handle().orElseThrow().pid();

            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.startAndAwait();
            send(kafka, "after");

            assertThat(kafka.process().handle().orElseThrow().pid()).isNotEqualTo(first);
            assertThat(read(kafka, 2)).containsExactly("before", "after");
        } finally {
            kafka.stop();
        }
        assertThat(kafka.isRunning()).isFalse();
    }

    @Test
    void shouldAskForALogInWhereAListenerIsMadeSo() throws Exception {
        List<Integer> ports = Ports.free(3);
        KafkaListener secure = new KafkaListener(
                "SECURE",
                ports.get(2),
                "SASL_PLAINTEXT",
                Map.of(
                        "sasl.enabled.mechanisms",
                        "PLAIN",
                        "plain.sasl.jaas.config",
                        LOG_IN + " user_sensor=\"right\";"));
        KafkaServer kafka = new KafkaServer(dir, ports.get(0), ports.get(1), List.of(secure), Map.of());
        try {
            kafka.startAndAwait();

            assertThat(brokers(ports.get(2), "right")).isEqualTo(1);
            assertThatThrownBy(() -> brokers(ports.get(2), "wrong"))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        } finally {
            kafka.stop();
        }
    }

    private static int brokers(int port, String password) throws Exception {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOG_IN + " username=\"sensor\" password=\"" + password + "\";");
        try (Admin admin = Admin.create(client)) {
            return admin.describeCluster().nodes().get(60, TimeUnit.SECONDS).size();
        }
    }

    @Test
    void shouldSayWhyItEndedWhileStarting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            KafkaServer kafka =
                    new KafkaServer(dir, taken.getLocalPort(), Ports.free(1).get(0));
            kafka.start();

            assertThatThrownBy(kafka::awaitReady)
                    .isInstanceOf(StackError.class)
                    .hasMessageContainingAll("kafka ended while starting", "Address already in use");
        }
    }

    private static void send(KafkaServer kafka, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", value)).get(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(KafkaServer kafka, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.address()), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("t", 0);
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            Deadline.in(Duration.ofMinutes(1)).until("all records are read", () -> {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
