package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.TestCapture.Packet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans as users reported them, packet by packet, to what is said of them now. */
class ReportedScansTest {
    private static final long SECOND = 1_000_000;
    private static final int SYN = 0x02;
    private static final int RST_ACK = 0x14;
    private static final int TARGET = ip(192, 168, 100, 99);

    @TempDir
    private Path work;

    private static int ip(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }

    /** 2025-03-20, 07:47:31 UTC: five techniques within 0.2 s, each of which was a line of its own. */
    private static TestCapture fiveTechniques() {
        int source = ip(192, 168, 100, 95);
        long second = 1_742_456_851 * SECOND;
        List<Packet> packets = new ArrayList<>();
        long[] times = {388_726, 437_189, 489_040, 541_120, 588_889};
        int[] flags = {SYN, SYN, 0x29, 0, 0x01};
        int[] windows = {1_024, 64_240, 1_024, 1_024, 1_024};
        for (int i = 0; i < times.length; i++) {
            int port = 40_000 + i;
            packets.add(TestCapture.segment(second + times[i], source, port, TARGET, 80 + i, flags[i], windows[i]));
            packets.add(TestCapture.segment(second + times[i] + 90, TARGET, 80 + i, source, port, RST_ACK, 0));
        }
        packets.add(TestCapture.emptyDatagram(second + 590_100, source, 40_010, TARGET, 161));
        return TestCapture.of(packets);
    }

    /** 1,000 connects from five sources within seconds: each tries 200 ports of its own. */
    private static TestCapture fiveSources() {
        int[] sources = {
            ip(63, 2, 154, 223),
            ip(68, 51, 139, 235),
            ip(136, 237, 33, 61),
            ip(118, 134, 247, 33),
            ip(190, 98, 141, 113)
        };
        long start = 1_742_461_667 * SECOND;
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int source = sources[i % sources.length];
            long time = start + i * 900L;
            packets.add(TestCapture.segment(time, source, 30_000 + i, TARGET, 1 + i, SYN, 64_240));
            packets.add(TestCapture.segment(time + 300, TARGET, 1 + i, source, 30_000 + i, RST_ACK, 0));
        }
        return TestCapture.of(packets);
    }

    private static SortedMap<String, Long> indicators(Run run) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        run.report()
                .path("indicators")
                .forEach(one ->
                        counts.put(one.path("id").asText(), one.path("count").asLong()));
        return counts;
    }

    @Test
    void shouldGiveOneIncidentWithAllTechniquesForFiveWithinAFifthOfASecond() throws IOException {
        Run run = Run.analyze(
                work, fiveTechniques().write(work.resolve("five.pcap")).toString());

        JsonNode alert = run.alert();
        assertThat(alert.at("/rule/id").asText()).isEqualTo("port-scan");
        assertThat(alert.at("/source/ip").asText()).isEqualTo("192.168.100.95");
        assertThat(alert.at("/destination/ip").asText()).isEqualTo("192.168.100.99");
        assertThat(alert.at("/event/severity").asInt()).isGreaterThanOrEqualTo(73);
        assertThat(Run.techniques(alert)).contains("syn", "xmas", "null", "fin", "udp");
        assertThat(alert.at("/tripline/ports/distinct").asInt()).isEqualTo(6);
        assertThat(indicators(run))
                .isEqualTo(Map.of(
                        "syn-small-window",
                        1L,
                        "syn-large-window",
                        1L,
                        "xmas",
                        1L,
                        "null",
                        1L,
                        "fin",
                        1L,
                        "udp-empty",
                        1L));
    }

    @Test
    void shouldGiveOneDistributedIncidentForAThousandConnectsFromFiveSources() throws IOException {
        Run run = Run.analyze(
                work, fiveSources().write(work.resolve("thousand.pcap")).toString());

        List<JsonNode> distributed = run.alerts().stream()
                .filter(alert -> alert.at("/rule/id").asText().equals("distributed-scan"))
                .toList();
        assertThat(distributed).singleElement().satisfies(alert -> {
            assertThat(alert.at("/destination/ip").asText()).isEqualTo("192.168.100.99");
            assertThat(alert.has("source")).isFalse();
            assertThat(alert.at("/tripline/sources/distinct").asInt()).isEqualTo(5);
            assertThat(alert.at("/tripline/sources/sample"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder(
                            "63.2.154.223", "68.51.139.235", "136.237.33.61", "118.134.247.33", "190.98.141.113");
            assertThat(alert.at("/tripline/ports/distinct").asInt()).isEqualTo(1_000);
            assertThat(alert.at("/tripline/ports/closed").asInt()).isEqualTo(1_000);
            assertThat(alert.at("/tripline/decoys").asBoolean()).isFalse();
            assertThat(alert.at("/event/severity").asInt()).isEqualTo(73);
        });
        assertThat(run.alerts())
                .extracting(alert -> alert.at("/rule/id").asText())
                .containsOnly("distributed-scan", "port-scan")
                .hasSize(6);
        assertThat(indicators(run)).isEqualTo(Map.of("syn-large-window", 1_000L));
    }
}
