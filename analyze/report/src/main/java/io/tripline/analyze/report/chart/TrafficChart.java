package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Scale.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packets over time, and below it, rule by rule, when incidents went on. */
final class TrafficChart {
    private static final String ID = "chart-traffic";
    private static final int WIDTH = 720;
    private static final int LEFT = 128;
    private static final int RIGHT = 688;
    private static final int TOP = 26;
    private static final int PLOT = 170;
    private static final int AXIS = 46;
    private static final int LANE = 20;

    /** Bars at most; more are added up. */
    private static final int BARS = 286;

    private static final int FEWEST_BARS = 3;

    private final List<Bar> bars;
    private final double width;
    private final List<IncidentLane> lanes;

    /** Packets that came within one stretch of time, which begins at such a second since the epoch. */
    private record Bar(double start, double packets) {}

    private TrafficChart(List<Bar> bars, double width, List<IncidentLane> lanes) {
        this.bars = bars;
        this.width = width;
        this.lanes = lanes;
    }

    static Optional<Chart> of(JsonNode report) {
        List<Bar> fine = new ArrayList<>();
        double width = read(report, fine);
        if (fine.size() < FEWEST_BARS) {
            return Optional.empty();
        }
        int together = 1;
        double start = fine.get(0).start;
        long stretch = Math.round((fine.get(fine.size() - 1).start - start) / width) + 1;
        while ((stretch + together - 1) / together > BARS) {
            together++;
        }
        List<Bar> bars = gather(fine, width * together);
        List<IncidentLane> lanes = IncidentLane.of(AlertDocuments.of(report));
        return Optional.of(new TrafficChart(bars, width * together, lanes).draw());
    }

    /** Reads stretches of one width from the first with packets to the last; gives that width in seconds. */
    private static double read(JsonNode report, List<Bar> bars) {
        double width = 60;
        for (JsonNode entry : report.path("timeline")) {
            double start = TimeScale.of(entry.path("time").asText());
            JsonNode seconds = entry.path("per_second");
            if (seconds.isEmpty()) {
                width = Math.max(1, entry.path("seconds").asDouble(60));
                bars.add(new Bar(start, entry.path("packets").asDouble()));
            } else {
                width = 1;
                for (int i = 0; i < seconds.size(); i++) {
                    bars.add(new Bar(start + i, seconds.path(i).asDouble()));
                }
            }
        }
        while (!bars.isEmpty() && bars.get(bars.size() - 1).packets == 0) {
            bars.remove(bars.size() - 1);
        }
        while (!bars.isEmpty() && bars.get(0).packets == 0) {
            bars.remove(0);
        }
        return width;
    }

    private static List<Bar> gather(List<Bar> fine, double width) {
        double start = fine.get(0).start;
        SortedMap<Long, Double> sums = new TreeMap<>();
        for (Bar bar : fine) {
            sums.merge((long) Math.floor((bar.start - start) / width), bar.packets, Double::sum);
        }
        List<Bar> bars = new ArrayList<>();
        sums.forEach((number, packets) -> bars.add(new Bar(start + number * width, packets)));
        return bars;
    }

    private Chart draw() {
        double start = bars.get(0).start;
        double end = bars.get(bars.size() - 1).start + width;
        Bar highest = bars.get(0);
        double all = 0;
        for (Bar bar : bars) {
            highest = bar.packets > highest.packets ? bar : highest;
            all += bar.packets;
        }
        String unit = unit(width);
        String title = "Traffic over time" + (lanes.isEmpty() ? "" : ", with incidents");
        String words = String.format(
                "%s from %s to %s UTC on %s. Peak interval: %s %s, at %s.%s",
                Words.count(Math.round(all), "packet"),
                TimeScale.clock(start),
                TimeScale.clock(end),
                TimeScale.date(start),
                Words.count(Math.round(highest.packets)),
                "packets " + unit,
                TimeScale.clock(highest.start),
                IncidentLane.words(lanes));
        int lanesTop = TOP + PLOT + AXIS;
        int height = lanesTop + (lanes.isEmpty() ? 0 : lanes.size() * LANE + 26);
        Svg svg = new Svg(ID, WIDTH, height, title, words);
        Plot plot = new Plot(svg, LEFT, TOP, RIGHT, TOP + PLOT);
        Linear x = new Linear(start, end, LEFT, RIGHT);
        Linear y = Linear.fromZero(highest.packets, 4, TOP + PLOT, TOP);
        for (IncidentLane lane : lanes) {
            lane.shade(svg, x, TOP, TOP + PLOT);
        }
        plot.vertical(y, y.ticks(4), Words::brief, "packets " + unit);
        svg.path(area(x, y), Ink.AREA.fill(Ink.USUAL, 1));
        TimeScale time = new TimeScale(start, end, 7);
        plot.horizontal(x, time.ticks(), time::text, time.title(), false);
        double top = lanesTop + 8;
        for (IncidentLane lane : lanes) {
            lane.draw(svg, x, top, LANE - 6);
            top += LANE;
        }
        if (!lanes.isEmpty()) {
            IncidentLane.legend(svg, LEFT, top + 12);
        }
        String caption = "Packets " + unit + ", by the time of capture."
                + (lanes.isEmpty() ? "" : " Below, the duration of incidents by rule, with their number at the right.");
        return new Chart(ID, title, caption, svg.end());
    }

    /** Steps, from the base line up and back to it; stretches without packets are gaps. */
    private StringBuilder area(Linear x, Linear y) {
        StringBuilder path = new StringBuilder();
        String base = Svg.number(y.at(0));
        double reached = Double.NEGATIVE_INFINITY;
        for (Bar bar : bars) {
            if (bar.packets == 0) {
                continue;
            }
            if (Math.abs(bar.start - reached) > width / 2) {
                path.append(path.isEmpty() ? "" : "V" + base + "z")
                        .append('M')
                        .append(Svg.point(x.at(bar.start), y.at(0)));
            }
            reached = bar.start + width;
            path.append('V').append(Svg.number(y.at(bar.packets))).append('H').append(Svg.number(x.at(reached)));
        }
        return path.append("V").append(base).append('z');
    }

    private static String unit(double seconds) {
        if (seconds == 1) {
            return "per second";
        }
        if (seconds == 60) {
            return "per minute";
        }
        return seconds == 3_600 ? "per hour" : "per " + Words.duration(seconds);
    }
}
