package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Scale.Logarithmic;
import io.tripline.analyze.report.chart.Svg.Anchor;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.Evidence;
import io.tripline.schemas.alert.RuleEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each source sent in its busiest minute, on a scale of ratios, since it spreads over many orders of magnitude;
 * what is usual for the others; and where the rule about volumes begins to tell.
 */
final class VolumeChart {
    private static final String ID = "chart-volumes";
    private static final String RULE = "volume-outlier";
    private static final int WIDTH = 720;
    private static final int LEFT = 170;
    private static final int RIGHT = 690;
    private static final int TOP = 62;
    private static final int ROW = 17;
    private static final int LISTED = 18;
    private static final int NAME = 24;
    private static final int FEWEST = 2;

    /** Dots of sources that have no row of their own, at most. */
    private static final int DOTS = 300;

    /** Least bytes of the scale: an Ethernet frame. */
    private static final double SMALLEST = 64;

    /** One source; of an outlier {@code beyond} is what the rule saw. */
    private record Source(String ip, double bytes, double beyond, boolean outlier) {}

    private final List<Source> sources;
    private final long all;
    private final double floor;
    private final double threshold;
    private final boolean sampled;

    private VolumeChart(List<Source> sources, long all, double floor, double threshold, boolean sampled) {
        this.sources = sources;
        this.all = all;
        this.floor = floor;
        this.threshold = threshold;
        this.sampled = sampled;
    }

    static Optional<Chart> of(JsonNode report) {
        JsonNode data = report.path("charts").path("source_minutes");
        double floor = Math.max(SMALLEST, data.path("floor_bytes").asDouble());
        Map<String, Double> outliers = new HashMap<>();
        double threshold = floor;
        for (AlertDocument alert : AlertDocuments.of(report)) {
            RuleEvidence.Volume volume = alert.tripline().own().volume();
            if (alert.rule().id().equals(RULE)
                    && volume != null
                    && volume.measure().equals("bytes")) {
                double seen = 0;
                for (Evidence.Test reason : alert.tripline().reasons()) {
                    if (reason.test().startsWith("bytes ")) {
                        seen = Math.max(seen, (double) reason.value());
                        threshold = Math.max(threshold, (double) reason.threshold());
                    }
                }
                outliers.merge(alert.sourceIp(), seen, Math::max);
            }
        }
        List<Source> sources = new ArrayList<>();
        for (JsonNode source : data.path("busiest")) {
            String ip = source.path("ip").asText();
            Double seen = outliers.get(ip);
            sources.add(new Source(
                    ip,
                    source.path("bytes").asDouble(),
                    seen == null ? source.path("beyond").asDouble() : seen,
                    seen != null));
        }
        if (sources.size() < FEWEST) {
            return Optional.empty();
        }
        sources.sort(Comparator.comparing((Source source) -> !source.outlier)
                .thenComparingDouble(source -> -source.bytes)
                .thenComparing(Source::ip));
        long all = Math.max(sources.size(), data.path("sources").asLong());
        return Optional.of(new VolumeChart(
                        sources,
                        all,
                        floor,
                        outliers.isEmpty() ? floor : threshold,
                        data.path("sampled").asBoolean() || all > sources.size())
                .draw());
    }

    private Chart draw() {
        List<Source> listed = sources.subList(0, Math.min(LISTED, sources.size()));
        List<Source> rest = sources.subList(listed.size(), sources.size());
        int bottom = TOP + listed.size() * ROW + (rest.isEmpty() ? 6 : ROW + 12);
        double highest = sources.stream()
                .mapToDouble(source -> Math.max(source.bytes, source.beyond))
                .max()
                .orElse(0);
        Logarithmic x = new Logarithmic(SMALLEST, Math.max(highest, threshold) * 2, LEFT, RIGHT);
        double[] quartiles = quartiles();
        String title = "Sources by what they sent in their busiest minute";
        Svg svg = new Svg(ID, WIDTH, bottom + 44, title, words(quartiles));
        svg.rectangle(x.at(threshold), TOP, RIGHT - x.at(threshold), bottom - TOP, Ink.BAND.fill());
        svg.rectangle(x.at(quartiles[0]), TOP, x.at(quartiles[2]) - x.at(quartiles[0]), bottom - TOP, Ink.GRID.fill());
        Plot plot = new Plot(svg, LEFT, TOP, RIGHT, bottom);
        plot.horizontal(
                x, x.ticks(7), Words::bytes, "sent in a minute, in conversations that the source initiated", true);
        svg.line(x.at(quartiles[1]), TOP, x.at(quartiles[1]), bottom, Ink.USUAL.stroke(1));
        svg.line(
                x.at(threshold), TOP - 6, x.at(threshold), bottom, Ink.ALERT.stroke(1.5) + " stroke-dasharray=\"6 3\"");
        boolean room = x.at(threshold) < RIGHT - 120;
        svg.text(
                x.at(threshold) + (room ? 4 : -4),
                TOP - 2,
                room ? Anchor.START : Anchor.END,
                Ink.TEXT,
                "font-size=\"11\"",
                "outlier above " + Words.bytes(threshold));
        double y = TOP + ROW / 2.0 + 3;
        for (Source source : listed) {
            row(svg, x, y, source);
            y += ROW;
        }
        if (!rest.isEmpty()) {
            svg.text(LEFT - 8, y + 8, Anchor.END, Ink.SOFT, Words.count(all - listed.size(), "other"));
            StringBuilder dots = new StringBuilder();
            for (Source source : rest.subList(0, Math.min(DOTS, rest.size()))) {
                dots.append(dot(x.at(source.bytes), y + 4));
            }
            svg.path(dots, Ink.USUAL.stroke(1));
        }
        legend(svg);
        return new Chart(ID, title, caption(), svg.end());
    }

    private static void row(Svg svg, Scale x, double y, Source source) {
        String weight = source.outlier ? "font-weight=\"bold\"" : "";
        svg.text(LEFT - 8, y + 4, Anchor.END, Ink.TEXT, weight, Words.plain(source.ip, NAME));
        if (source.beyond > SMALLEST) {
            svg.line(x.at(source.beyond), y, x.at(source.bytes), y, Ink.SOFT.stroke(1));
        }
        svg.path(dot(x.at(source.bytes), y), Ink.USUAL.stroke(1.4));
        if (source.outlier) {
            svg.path(diamond(x.at(source.beyond), y), Ink.ALERT.fill(Ink.TEXT, 1));
        } else if (source.beyond > SMALLEST) {
            svg.path("M" + Svg.point(x.at(source.beyond), y - 4) + "v8", Ink.TEXT.stroke(2));
        }
    }

    private static String dot(double x, double y) {
        return "M" + Svg.point(x - 3.5, y) + "a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0";
    }

    private static String diamond(double x, double y) {
        return "M" + Svg.point(x, y - 6) + "l6 6-6 6-6-6z";
    }

    private static void legend(Svg svg) {
        Legend legend = new Legend(svg, 12);
        legend.mark("m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0", Ink.USUAL.stroke(1.4), "sent");
        legend.mark("m0-4v8", Ink.TEXT.stroke(2), "of it, net of what came back");
        legend.mark("m0-6l6 6-6 6-6-6z", Ink.ALERT.fill(Ink.TEXT, 1), "outlier");
        legend.area(Ink.GRID.fill(), "middle half of the others");
    }

    /** First quartile, median and third quartile of what others than outliers sent, as far as they are listed. */
    private double[] quartiles() {
        double[] values = sources.stream()
                .filter(source -> !source.outlier)
                .mapToDouble(Source::bytes)
                .sorted()
                .toArray();
        double[] quartiles = new double[3];
        Arrays.setAll(quartiles, i -> values.length == 0 ? SMALLEST : values[(values.length - 1) * (i + 1) / 4]);
        return quartiles;
    }

    private String words(double[] quartiles) {
        StringBuilder words = new StringBuilder();
        words.append(Words.count(all, "source")).append(", half of them between ");
        words.append(Words.bytes(quartiles[0])).append(" and ").append(Words.bytes(quartiles[2]));
        words.append(" in their busiest minute.");
        for (Source source : sources) {
            if (source.outlier && words.length() < 500) {
                words.append(" Outlier: ").append(Words.plain(source.ip, NAME)).append(", ");
                words.append(Words.bytes(source.beyond)).append(" more than it received.");
            }
        }
        return words.toString();
    }

    private String caption() {
        boolean found = sources.get(0).outlier;
        String line = threshold > floor
                ? "The dashed line is the highest of the thresholds that the rule applied"
                : "The dashed line is the lowest volume that the rule evaluates, " + Words.bytes(floor)
                        + " in 60 s net of what came back";
        return line + (found ? "." : "; no source is an outlier.")
                + " What a source sends in response to others does not count, so servers are not evaluated."
                + (sampled ? " Sources and conversations that sent least are left out." : "");
    }
}
