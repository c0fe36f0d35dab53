package io.tripline.sensor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientSettingsTest {
    @TempDir
    private Path folder;

    private static KafkaClientSettings with(Map<String, String> properties) {
        return new KafkaClientSettings("broker:9092", "tripline.packets", "tripline.schemas", properties);
    }

    private StartFailure open(Map<String, String> properties) {
        List<StartFailure> failures = new ArrayList<>();
        assertThatThrownBy(() -> new Target.Kafka(with(properties), null)
                        .open("tap", 1, null, false, WallClock.system(), new Notices(line -> {})))
                .isInstanceOfSatisfying(StartFailure.class, failures::add);
        return failures.get(0);
    }

    @Test
    void shouldPassWhateverTheUserSetsOverItsOwnDefaults() {
        assertThat(with(Map.of("linger.ms", "50", "ssl.truststore.location", "/t"))
                        .all("tap"))
                .containsEntry("linger.ms", "50")
                .containsEntry("ssl.truststore.location", "/t")
                .containsEntry("acks", "all")
                .containsEntry("max.block.ms", "100");
    }

    @Test
    void shouldNotLetAnybodyTakeAwayWhatItReliesOn() {
        assertThatThrownBy(() -> with(Map.of("acks", "0"))).hasMessageContaining("acks is set by the sensor itself");
    }

    @Test
    void shouldTakeSecretsFromFiles() throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets"), "level=3\n");
        KafkaClientSettings settings = with(Map.of("compression.zstd.level", "${file:" + secrets + ":level}"));
        assertThatCode(() -> settings.check("tap")).doesNotThrowAnyException();
        KafkaClientSettings broken = with(Map.of("linger.ms", "${file:" + secrets + ":nothing}"));
        assertThatThrownBy(() -> broken.check("tap")).hasMessageContaining("linger.ms");
    }

    @Test
    void shouldNameAnUnknownPropertyAndNeverAValue() {
        assertThat(open(Map.of("sasl.jass.config", "hunter2")))
                .hasMessageContaining("sasl.jass.config is not a property")
                .hasMessageNotContaining("hunter2");
        assertThat(open(Map.of("linger.ms", "hunter2")))
                .hasMessageContaining("linger.ms")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldTellTheFingerprintAsJobsLookItUp() {
        assertThat(Brokers.fingerprint()).hasSize(16).matches("[0-9a-f]+");
    }
}
