package io.tripline.job.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.ratelimit.Limit;
import io.tripline.rules.ratelimit.RateLimitRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits are entries with keys of their own; what is wrong with one is told with its line and key. */
class LimitSettingsTest {
    @TempDir
    private Path folder;

    private SettingsFile read(String limits) throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, "rules:\n  rate-limit:\n    limits:" + limits);
        return SettingsFile.read(file, LocalDate.of(2026, 11, 30));
    }

    private List<String> mistakes(String limits) throws IOException {
        return read(limits).mistakes().stream().map(Mistake::toString).toList();
    }

    @Test
    void shouldReadLimitsAndKeepWhatIsNotWritten() throws IOException {
        SettingsFile read = read("""

                  - {name: dns, count: dns-queries, window: 1m, above: 100, only: [10.0.0.0/8, "fc00::/7"]}
                  - {name: syns, count: syns, window: 1h, above: 0, prefix: 24, prefix-ipv6: 64, severity: critical}
            """);

        assertThat(read.mistakes()).isEmpty();
        assertThat(read.settings().thresholds(RateLimitRule.DEFINITION).limits())
                .containsExactly(
                        new Limit(
                                "dns",
                                Limit.Count.DNS_QUERIES,
                                Duration.ofMinutes(1),
                                100,
                                List.of(Prefix.parse("10.0.0.0/8"), Prefix.parse("fc00::/7")),
                                32,
                                128,
                                Severity.MEDIUM),
                        new Limit(
                                "syns",
                                Limit.Count.SYNS,
                                Duration.ofHours(1),
                                0,
                                List.of(),
                                24,
                                64,
                                Severity.CRITICAL));
    }

    @Test
    void shouldTakeAnEmptyListForNoLimit() throws IOException {
        SettingsFile read = read(" []\n");

        assertThat(read.mistakes()).isEmpty();
        assertThat(read.settings().off()).containsEntry("rate-limit", "no limit is set for rule rate-limit");
    }

    @Test
    void shouldTellWhatIsMissingWithWhatWouldBeRight() throws IOException {
        assertThat(mistakes("\n      - {name: a, count: icmp, above: 3}\n"))
                .singleElement()
                .asString()
                .contains("s.yaml:4", "rules.rate-limit.limits[0].window", "is missing; write for example window: 60s");
    }

    @Test
    void shouldTellEachMistakeWithLineAndKey() throws IOException {
        assertThat(mistakes("\n      - {name: A, count: icmp, window: 1s, above: 3}\n"))
                .singleElement()
                .asString()
                .contains("s.yaml:4", "rules.rate-limit.limits[0].name", "must be 1 to 64 lower-case letters");
        assertThat(mistakes("\n      - name: a\n        count: pings\n        window: 1s\n        above: 3\n"))
                .singleElement()
                .asString()
                .contains("s.yaml:5", "limits[0].count", "must be one of packets, bytes, conversations, dns-queries");
        assertThat(mistakes("\n      - name: a\n        count: icmp\n        window: 2h\n        above: 3\n"))
                .singleElement()
                .asString()
                .contains("s.yaml:6", "limits[0].window", "must be whole seconds from 1s to 1h");
        assertThat(mistakes("\n      - {name: a, count: icmp, window: 1s, above: 3, only: [10.0.0.1/8]}\n"))
                .singleElement()
                .asString()
                .contains("s.yaml:4", "limits[0].only", "has bits beyond its prefix");
        assertThat(mistakes("\n      - {name: a, count: icmp, window: 1s, above: 3, form: x}\n"))
                .singleElement()
                .asString()
                .contains("s.yaml:4", "limits[0].form", "no such key");
        assertThat(mistakes("""

                      - {name: a, count: icmp, window: 1s, above: 3}
                      - {name: a, count: syns, window: 1s, above: 3}
                """)).singleElement().asString().contains("rules.rate-limit.limits", "two of one name");
    }
}
