package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The charts of a report; none where the data has nothing to show. Each is at most 60 KB. */
public final class Charts {
    private Charts() {}

    /** Packets over time, with incidents marked. */
    public static Optional<Chart> trafficOverTime(JsonNode report) {
        return Optional.empty();
    }

    /** Packets and bytes by protocol. */
    public static Optional<Chart> protocolShares(JsonNode report) {
        return Optional.empty();
    }

    /** Ports probed over time with what became of them, a map for each of the riskiest scans. */
    public static List<Chart> portMaps(JsonNode report) {
        return List.of();
    }

    /** Entropy of ICMP echo data against its length: pings and tunnels. */
    public static Optional<Chart> icmpEntropy(JsonNode report) {
        return Optional.empty();
    }

    /** Entropy of DNS names against their length: ordinary names and tunnels. */
    public static Optional<Chart> dnsEntropy(JsonNode report) {
        return Optional.empty();
    }

    /** What sources sent in their busiest minute, with what is usual and what is an outlier. */
    public static Optional<Chart> sourceVolumes(JsonNode report) {
        return Optional.empty();
    }
}
