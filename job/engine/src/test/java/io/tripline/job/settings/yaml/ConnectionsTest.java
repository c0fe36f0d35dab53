package io.tripline.job.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.kafka.Delivery;
import io.tripline.job.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys {@code kafka} and {@code elasticsearch}. */
class ConnectionsTest {
    @TempDir
    private Path folder = Path.of("");

    private SettingsFile read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), yaml);
        return SettingsFile.read(file, LocalDate.of(2026, 11, 25));
    }

    private List<String> mistakes(String yaml) throws IOException {
        return read(yaml).mistakes().stream()
                .map(mistake -> mistake.line() + ": " + mistake.key() + ": " + mistake.what())
                .toList();
    }

    @Test
    void shouldReadWhereKafkaIs() throws IOException {
        SettingsFile file = read("""
                kafka:
                  brokers: [k1.example:9093, "[::1]:9093"]
                  delivery: exactly-once
                  topics: {packets: net.packets}
                  client:
                    security.protocol: SASL_SSL
                    sasl.jaas.config: ${file:/etc/tripline/kafka.properties:jaas}
                """);

        assertThat(file.mistakes()).isEmpty();
        KafkaSettings kafka = file.kafka();
        assertThat(kafka.brokers()).containsExactly("k1.example:9093", "[::1]:9093");
        assertThat(kafka.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(kafka.topics().packets()).isEqualTo("net.packets");
        assertThat(kafka.topics().alerts()).isEqualTo("tripline.alerts");
        assertThat(kafka.client()).containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void shouldTellEveryMistakeAboutKafkaAndNoSecret() throws IOException {
        List<String> mistakes = mistakes("""
                kafka:
                  brokers: localhost
                  delivry: exactly-once
                  topics: {alerts: "a b"}
                  client:
                    ssl.key.password: hunter2
                """);

        assertThat(mistakes)
                .hasSize(4)
                .anyMatch(line -> line.startsWith("2: kafka.brokers: 'localhost' is not a valid broker"))
                .anyMatch(line -> line.contains("kafka.delivry: no such key; did you mean 'delivery'?"))
                .anyMatch(line -> line.startsWith("4: kafka.topics: 'a b' is not a valid topic name"))
                .anyMatch(line -> line.startsWith("6: kafka.client.ssl.key.password: is a secret"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void shouldReadWhereElasticsearchIs() throws IOException {
        SettingsFile file = read("""
                elasticsearch:
                  hosts: https://es.example:9200
                  api-key-file: /etc/tripline/es.key
                  flush-interval: 1s
                """);

        assertThat(file.mistakes()).isEmpty();
        assertThat(Objects.requireNonNull(file.elastic()).apiKeyFile()).isEqualTo("/etc/tripline/es.key");
        assertThat(read("zones: {office: 10.1.0.0/16}\n").elastic()).isNull();
    }

    @Test
    void shouldTellMistakesAboutElasticsearch() throws IOException {
        assertThat(mistakes("elasticsearch: {username: me}\n"))
                .singleElement()
                .asString()
                .startsWith("1: elasticsearch.hosts: is missing");
        assertThat(mistakes("elasticsearch:\n  hosts: http://localhost:9200\n  max-in-flight: 1000\n"))
                .singleElement()
                .asString()
                .startsWith("3: elasticsearch.max-in-flight: must be 1 to 64");
    }
}
