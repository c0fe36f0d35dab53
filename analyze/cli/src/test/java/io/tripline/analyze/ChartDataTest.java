package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tripline.analyze.report.chart.Charts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The points that charts get from captures. */
class ChartDataTest {
    @TempDir
    private Path work;

    private JsonNode report(String... arguments) throws IOException {
        Run run = Run.analyze(work, arguments);
        assertThat(run.err()).isEmpty();
        return run.report();
    }

    private static String sample(String name) {
        return TestCapture.SAMPLES.resolve(name).toString();
    }

    @Test
    void shouldHaveEachProbeOfAScanWithItsTechniqueAndOutcome() throws IOException {
        JsonNode report = report(sample("multi_scan_sequence_with_background.pcap"));

        JsonNode map = report.path("charts").path("port_maps").path(0);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (JsonNode point : map.path("points")) {
            outcomes.merge(point.path(3).asText() + " " + point.path(4).asText(), 1, Integer::sum);
            assertThat(point.path(0).asDouble()).isBetween(0.0, 12.1);
        }
        assertThat(map.path("target").asText()).isEqualTo("192.168.100.99");
        assertThat(map.path("sampled").asBoolean()).isFalse();
        assertThat(outcomes)
                .containsEntry("syn open", 9)
                .containsEntry("syn closed", 71)
                .containsEntry("connect open", 9)
                .containsEntry("connect closed", 71)
                .containsEntry("udp open", 1)
                .containsKeys("fin closed", "null closed", "xmas closed");
        assertThat(Charts.portMaps(report)).hasSize(1);
    }

    @Test
    void shouldTellEchoOfATunnelFromPing() throws IOException {
        JsonNode report = report(sample("icmp_exfil_hex_56.pcap"), sample("benign_ping_mix.pcap"));

        long tunnel = 0;
        long harmless = 0;
        for (JsonNode point : report.path("charts").path("icmp_echo").path("points")) {
            boolean ofTunnel = point.path(3).asInt() == 1;
            tunnel += ofTunnel ? point.path(2).asLong() : 0;
            harmless += ofTunnel ? 0 : point.path(2).asLong();
            assertThat(point.path(1).asDouble())
                    .isLessThanOrEqualTo(Math.log(point.path(0).asDouble()) / Math.log(2) + 0.001);
        }
        assertThat(tunnel).isEqualTo(600);
        assertThat(harmless).isGreaterThan(300);
        assertThat(Charts.icmpEntropy(report)).isPresent();
    }

    @Test
    void shouldTellNamesOfATunnelFromOthers() throws IOException {
        JsonNode report =
                report(sample("dns_exfil_short_hex16_A.pcap"), sample("multi_scan_sequence_with_background.pcap"));

        long tunnel = 0;
        long harmless = 0;
        for (JsonNode point : report.path("charts").path("dns_names").path("points")) {
            boolean ofTunnel = point.path(3).asInt() == 1;
            tunnel += ofTunnel ? point.path(2).asLong() : 0;
            harmless += ofTunnel ? 0 : point.path(2).asLong();
        }
        assertThat(tunnel).isEqualTo(1_200);
        assertThat(harmless).isPositive();
    }

    @Test
    void shouldHaveTheBusiestMinuteOfEachSource() throws IOException {
        JsonNode report = report(sample("volume_exfil_udp_4MB.pcap.gz"));

        JsonNode busiest = report.path("charts").path("source_minutes").path("busiest");
        assertThat(busiest).hasSize(12);
        assertThat(busiest.path(0).path("ip").asText()).isEqualTo("10.50.0.105");
        assertThat(busiest.path(0).path("beyond").asLong()).isBetween(4_000_000L, 4_400_000L);
        assertThat(Charts.sourceVolumes(report))
                .hasValueSatisfying(chart -> assertThat(chart.svg()).contains("10.50.0.105", "outlier above 2 MB"));
    }

    @Test
    void shouldHaveTheSamePointsAtAnyParallelism() throws IOException {
        String[] captures = {
            sample("multi_scan_sequence_with_background.pcap"),
            sample("icmp_exfil_hex_56.pcap"),
            sample("dns_exfil_short_hex16_A.pcap"),
            sample("benign_sip_rtp_14calls.pcap.gz")
        };
        String one = charts("1", captures);

        assertThat(charts("4", captures)).isEqualTo(one);
    }

    private String charts(String parallelism, String... captures) throws IOException {
        String[] arguments = new String[captures.length + 2];
        arguments[0] = "--parallelism";
        arguments[1] = parallelism;
        System.arraycopy(captures, 0, arguments, 2, captures.length);
        JsonNode charts = report(arguments).path("charts");
        assertThat(((ArrayNode) charts.path("port_maps"))).isNotEmpty();
        return charts.toString();
    }
}
