package io.tripline.analyze.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Chart;
import io.tripline.analyze.report.chart.Charts;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The charts of a report. Where the file holds something that cannot be drawn, because somebody changed it, the chart
 * is left out and the report says so.
 */
final class Drawings {
    private final JsonNode report;
    private final List<String> leftOut = new ArrayList<>();
    final List<Chart> traffic = new ArrayList<>();
    final List<Chart> scans = new ArrayList<>();
    final List<Chart> tunnels = new ArrayList<>();
    final List<Chart> volumes = new ArrayList<>();

    Drawings(JsonNode report) {
        this.report = report;
        draw(
                "traffic over time",
                traffic,
                data -> Charts.trafficOverTime(data).stream().toList());
        draw(
                "shares of protocols",
                traffic,
                data -> Charts.protocolShares(data).stream().toList());
        draw("ports of scans", scans, Charts::portMaps);
        draw(
                "entropy of ICMP",
                tunnels,
                data -> Charts.icmpEntropy(data).stream().toList());
        draw("entropy of DNS", tunnels, data -> Charts.dnsEntropy(data).stream().toList());
        draw(
                "volumes of sources",
                volumes,
                data -> Charts.sourceVolumes(data).stream().toList());
    }

    private void draw(String name, List<Chart> charts, Function<JsonNode, List<Chart>> drawing) {
        try {
            charts.addAll(drawing.apply(report));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            leftOut.add(name);
        }
    }

    /** The limits with those of the charts. */
    List<Limits.Group> limits(List<Limits.Group> others) {
        List<Limits.Group> groups = new ArrayList<>(others);
        if (!leftOut.isEmpty()) {
            groups.add(new Limits.Group(
                    "Charts",
                    false,
                    List.of("report.json holds invalid data: no chart of " + String.join(", ", leftOut))));
        }
        return groups;
    }
}
