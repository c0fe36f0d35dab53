package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The charts of a report; none where the data has nothing to show. Each is at most 60 KB. */
public final class Charts {
    private Charts() {}

    /**
     * A style sheet for pages that hold charts: it lets charts follow light and dark. Without it they are drawn for
     * white paper, by renderers of PDF too, which need not understand it.
     */
    public static String style() {
        try (InputStream in = Charts.class.getResourceAsStream("charts.css")) {
            if (in == null) {
                throw new IllegalStateException("charts.css is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read", e);
        }
    }

    /** Packets over time, with incidents marked; none of less than three seconds. */
    public static Optional<Chart> trafficOverTime(JsonNode report) {
        return TrafficChart.of(report);
    }

    /** Packets and bytes by protocol. */
    public static Optional<Chart> protocolShares(JsonNode report) {
        return ProtocolChart.of(report);
    }

    /** Ports probed over time with what became of them, a map for each of the riskiest scans. */
    public static List<Chart> portMaps(JsonNode report) {
        return PortMapChart.of(report);
    }

    /** Entropy of ICMP echo data against its length: pings and tunnels. */
    public static Optional<Chart> icmpEntropy(JsonNode report) {
        return EntropyChart.ofEchoes(report);
    }

    /** Entropy of DNS names against their length: ordinary names and tunnels. */
    public static Optional<Chart> dnsEntropy(JsonNode report) {
        return EntropyChart.ofNames(report);
    }

    /** What sources sent in their busiest minute, with what is usual and what is an outlier. */
    public static Optional<Chart> sourceVolumes(JsonNode report) {
        return VolumeChart.of(report);
    }
}
