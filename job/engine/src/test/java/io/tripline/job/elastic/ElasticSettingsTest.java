package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is told by key before anything starts, and no secret is ever in what is shown or sent about. */
class ElasticSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9200, true",
        "https://es.example, true",
        "https://es.example:9243/, true",
        "es.example:9200, false",
        "ftp://es.example, false",
        "https://es.example/path, false",
        "https://es.example?x=1, false",
        "'https://es example', false"
    })
    void shouldTakeAddressesOfServersAndNothingElse(String host, boolean valid) {
        if (valid) {
            assertThat(ElasticSettings.of(host).hosts()).containsExactly(host);
        } else {
            assertThatThrownBy(() -> ElasticSettings.of(host))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("hosts: ");
        }
    }

    @Test
    void shouldNotRepeatAPasswordThatWasPutIntoAnAddress() {
        assertThatThrownBy(() -> ElasticSettings.of("https://elastic:hunter2@es.example"))
                .hasMessage("hosts: no user or password in an address, use username and password-file");
        assertThatThrownBy(() -> ElasticSettings.of("https://elastic:hunter2 @es.example"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldRefuseWhatContradictsItself() {
        assertThatThrownBy(() -> with("key", "user", "password", null))
                .hasMessageStartingWith("api-key-file and username");
        assertThatThrownBy(() -> with(null, "user", null, null)).hasMessageStartingWith("username and password-file");
        assertThatThrownBy(() -> with(null, null, null, "ca.pem")).hasMessageStartingWith("ca-file");
        assertThatThrownBy(() -> prefixes("Tripline", "traffic")).hasMessageStartingWith("alerts-prefix");
        assertThatThrownBy(() -> prefixes("tripline", "tripline-traffic"))
                .hasMessageContaining("neither may be a prefix");
        assertThatThrownBy(() -> prefixes("tripline", "tripline")).hasMessageContaining("neither may be a prefix");
        assertThat(prefixes("tripline-alerts", "tripline-alerts2").trafficPrefix())
                .isEqualTo("tripline-alerts2");
    }

    @Test
    void shouldShowNoSecret(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "hunter2\n");
        ElasticSettings settings = with(key.toString(), null, null, null);
        Credentials credentials = Credentials.read(settings);

        assertThat(credentials.header()).isEqualTo("ApiKey hunter2");
        assertThat(credentials + " " + settings).doesNotContain("hunter2");
    }

    @Test
    void shouldSayWhichFileOfASecretIsUnusable(@TempDir Path folder) throws IOException {
        Path none = folder.resolve("none");
        Path two = Files.writeString(folder.resolve("two"), "hunter2\nhunter3");

        assertThatThrownBy(() -> Credentials.read(with(none.toString(), null, null, null)))
                .hasMessage("elasticsearch.api-key-file: there is no file " + none);
        assertThatThrownBy(() -> Credentials.read(with(null, "elastic", two.toString(), null)))
                .hasMessage("elasticsearch.password-file: " + two + " must hold one line, the secret");
    }

    private static ElasticSettings with(
            @Nullable String key, @Nullable String user, @Nullable String password, @Nullable String ca) {
        return new ElasticSettings(
                List.of("http://127.0.0.1:9200"), key, user, password, ca, "a", "t", Duration.ofMillis(100), 500, 4);
    }

    private static ElasticSettings prefixes(String alerts, String traffic) {
        return new ElasticSettings(
                List.of("http://127.0.0.1:9200"),
                null,
                null,
                null,
                null,
                alerts,
                traffic,
                Duration.ofMillis(100),
                500,
                4);
    }
}
