package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.kafka.Received.Rejected;
import io.tripline.rules.engine.Late;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others read on the job's topics, and what its clients are made with. */
class RecordsTest {
    @Test
    void shouldTellOfWhatWasLate() {
        assertThat(text(JsonRecord.of(new Late("late", "actor-rules", "10.0.0.1", 1_790_000_000L, "west"))))
                .isEqualTo(
                        "{\"reason\":\"late\",\"rules\":\"actor-rules\",\"subject\":\"10.0.0.1\",\"second\":\"2026-09-21T14:13:20Z\",\"sensor\":\"west\"}");
    }

    @Test
    void shouldTellWhoseBatchesWereLate() {
        long from = 1_790_000_000_000_000L;
        assertThat(text(JsonRecord.of(
                        new LateBatches("west", from, from + 1, from + 2_500_000, 12, 340, 5_000, 61_000))))
                .isEqualTo(
                        "{\"reason\":\"late-batches\",\"sensor\":\"west\",\"run\":\"2026-09-21T14:13:20Z\",\"from\":\"2026-09-21T14:13:20.000001Z\",\"to\":\"2026-09-21T14:13:22.500Z\",\"batches\":12,\"packets\":340,\"bytes\":5000,\"behind_ms\":61000}");
    }

    @Test
    void shouldTellOfWhatWasRejectedWithoutBreakingTheLine() {
        Rejected rejected =
                new Rejected("implausible", "two\nlines", "t", 1, 2, Batches.APPENDED, "\"tap\"", 3, "c301");

        assertThat(text(JsonRecord.of(rejected)))
                .isEqualTo(
                        "{\"reason\":\"implausible\",\"detail\":\"two\\nlines\",\"sensor\":\"\\\"tap\\\"\",\"topic\":\"t\",\"partition\":1,\"offset\":2,\"appended\":\"2026-09-21T14:13:20Z\",\"size\":3,\"head\":\"c301\"}");
    }

    @Test
    void shouldResolveSecretsWhereTheClientRunsAndNeverTellThem() {
        KafkaSettings kafka = with(Map.of("ssl.key.password", "${file:/etc/tripline/kafka.properties:key}"));

        assertThat(kafka.properties().getProperty("ssl.key.password")).startsWith("${file:");
        assertThat(kafka.properties().getProperty("config.providers")).contains("file");
        assertThat(kafka.toString()).contains("ssl.key.password").doesNotContain("etc/tripline");
    }

    @Test
    void shouldRefuseASecretAsItIsAndNotTellIt() {
        for (String name : List.of("ssl.key.password", "sasl.jaas.config", "ssl.keystore.key")) {
            assertThatThrownBy(() -> with(Map.of(name, "hunter2")))
                    .hasMessageContaining("refer to a file")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void shouldRefuseWhatTheJobDecidesItself() {
        assertThatThrownBy(() -> with(Map.of("enable.auto.commit", "true"))).hasMessageContaining("checkpoints");
    }

    @Test
    void shouldRefuseTopicsThatAreNoneOrTheSame() {
        assertThatThrownBy(() -> Topics.of("a b")).hasMessageContaining("is not a valid topic name");
        assertThatThrownBy(() -> new Topics("a", "a", "", "l", "r", "s")).hasMessageContaining("same name");
    }

    private static KafkaSettings with(Map<String, String> client) {
        KafkaSettings usual = KafkaSettings.DEFAULT;
        return new KafkaSettings(
                usual.brokers(),
                usual.topics(),
                usual.group(),
                usual.delivery(),
                usual.transactionPrefix(),
                usual.transactionTimeout(),
                usual.holdBack(),
                client);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
