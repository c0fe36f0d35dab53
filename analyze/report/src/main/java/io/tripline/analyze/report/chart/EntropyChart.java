package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.analyze.report.chart.Scale.Linear;
import io.tripline.analyze.report.chart.Scale.Logarithmic;
import io.tripline.analyze.report.chart.Svg.Anchor;
import io.tripline.rules.tunnel.icmp.EchoPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Entropy against length, of messages that belong to an incident and of all others. */
final class EntropyChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 60;
    private static final int RIGHT = 700;
    private static final int TOP = 44;
    private static final int BOTTOM = 350;

    /** Marks of each sort at most. */
    private static final int MARKS = 800;

    private static final double BYTE = 8;
    private static final double LOG2 = Math.log(2);
    private static final String DASHED = Ink.SOFT.stroke(1) + " stroke-dasharray=\"5 3\"";

    /**
     * What the two sorts of such charts do not have in common.
     *
     * @param highest bits that the scale reaches at least
     */
    private record Kind(
            String id,
            String field,
            String title,
            String what,
            String unit,
            String length,
            String entropy,
            String tunnel,
            boolean ofBytes,
            double highest,
            List<Line> lines,
            String caption) {}

    /** A line at what a way to write bytes can reach. */
    private record Line(double bits, String name) {}

    private static final Kind ECHOES = new Kind(
            "chart-icmp-entropy",
            "icmp_echo",
            "ICMP echo: entropy against length",
            "echo message",
            "bytes long",
            "data of an echo message, bytes",
            "entropy, bits per byte",
            "ICMP tunnel",
            true,
            BYTE,
            List.of(),
            "Pings repeat a pattern, so their points coincide; tunnelled data varies and, where encrypted or compressed, lies"
                    + " near the curve. Entropy alone is not a verdict: a long ping has a high one too.");

    private static final Kind NAMES = new Kind(
            "chart-dns-entropy",
            "dns_names",
            "DNS names: entropy against length",
            "DNS message",
            "characters long below the domain",
            "name below its registered domain, characters without dots",
            "entropy, bits per character",
            "DNS tunnel",
            false,
            5.5,
            List.of(new Line(4, "hexadecimal"), new Line(5, "base32")),
            "Ordinary names are short words; names that carry data are long, and their characters are spread evenly up to the limit of the"
                    + " encoding.");

    private record Mark(double x, double y) {}

    private final Kind kind;
    private final SortedMap<String, Mark> tunnel = new TreeMap<>();
    private final SortedMap<String, Mark> others = new TreeMap<>();
    private long tunnelMessages;
    private long otherMessages;
    private final double[] tunnelLengths = {Double.MAX_VALUE, 0};
    private final double[] otherLengths = {Double.MAX_VALUE, 0};

    private EntropyChart(Kind kind) {
        this.kind = kind;
    }

    static Optional<Chart> ofEchoes(JsonNode report) {
        return new EntropyChart(ECHOES).chart(report);
    }

    static Optional<Chart> ofNames(JsonNode report) {
        return new EntropyChart(NAMES).chart(report);
    }

    private Optional<Chart> chart(JsonNode report) {
        JsonNode data = report.path("charts").path(kind.field);
        JsonNode points = data.path("points");
        if (points.isEmpty()) {
            return Optional.empty();
        }
        double longest = 0;
        double shortest = Double.MAX_VALUE;
        double highest = kind.highest;
        for (JsonNode point : points) {
            highest = Math.max(highest, Math.min(BYTE, Math.ceil(point.path(1).asDouble())));
            longest = Math.max(longest, point.path(0).asDouble());
            shortest = Math.min(shortest, point.path(0).asDouble());
        }
        Scale x = kind.ofBytes
                ? new Logarithmic(Math.min(16, Math.max(1, shortest)), Math.max(2_000, longest * 1.1), LEFT, RIGHT)
                : Linear.fromZero(Math.max(60, longest + 2), 8, LEFT, RIGHT);
        Linear y = new Linear(0, highest, BOTTOM, TOP);
        for (JsonNode point : points) {
            add(point, x, y);
        }
        return Optional.of(draw(x, y, data.path("sampled").asBoolean()));
    }

    /** Marks that would lie on one another are one. */
    private void add(JsonNode point, Scale x, Scale y) {
        double length = point.path(0).asDouble();
        long messages = Math.max(1, point.path(2).asLong());
        boolean isTunnel = point.path(3).asInt() == 1;
        tunnelMessages += isTunnel ? messages : 0;
        otherMessages += isTunnel ? 0 : messages;
        double[] lengths = isTunnel ? tunnelLengths : otherLengths;
        lengths[0] = Math.min(lengths[0], length);
        lengths[1] = Math.max(lengths[1], length);
        Mark mark = new Mark(x.at(length), y.at(point.path(1).asDouble()));
        String place = String.format(Locale.ROOT, "%05d %05d", Math.round(mark.x), Math.round(mark.y));
        (isTunnel ? tunnel : others).putIfAbsent(place, mark);
    }

    private Chart draw(Scale x, Linear y, boolean sampled) {
        String words = words(kind.tunnel, tunnelMessages, tunnelLengths) + words("others", otherMessages, otherLengths);
        Svg svg = new Svg(kind.id, WIDTH, HEIGHT, kind.title, words.strip());
        Plot plot = new Plot(svg, LEFT, TOP, RIGHT, BOTTOM);
        plot.vertical(y, y.ticks(8), Words::trimmed, kind.entropy);
        plot.horizontal(x, x.ticks(8), Words::brief, kind.length, true);
        limits(svg, x, y);
        List<Mark> usual = thinned(others);
        List<Mark> found = thinned(tunnel);
        svg.path(circles(usual), Ink.USUAL.stroke(1.2));
        svg.path(triangles(found), Ink.ALERT.fill());
        legend(svg);
        boolean left = usual.size() < others.size() || found.size() < tunnel.size();
        String caption = kind.caption
                + (tunnelMessages == 0 ? " Nothing here belongs to an incident." : "")
                + (sampled || left ? " A uniform sample is shown, not every message." : "");
        return new Chart(kind.id, kind.title, caption, svg.end());
    }

    private String words(String of, long messages, double[] lengths) {
        if (messages == 0) {
            return "";
        }
        String range = lengths[0] == lengths[1] ? "" : Words.trimmed(lengths[0]) + " to ";
        return of + ": " + Words.count(messages, kind.what) + ", " + range + Words.trimmed(lengths[1]) + " " + kind.unit
                + ". ";
    }

    /** What so many characters or bytes can have at most, and what encodings can reach. */
    private void limits(Svg svg, Scale x, Linear y) {
        svg.path(curve(x, y, 1), Ink.TEXT.stroke(1.2));
        if (kind.ofBytes) {
            svg.path(curve(x, y, EchoPayload.HIGH_ENTROPY / 1_000.0), DASHED);
        }
        for (Line line : kind.lines) {
            svg.line(LEFT, y.at(line.bits), RIGHT, y.at(line.bits), DASHED);
            svg.text(RIGHT - 4, y.at(line.bits) - 4, Anchor.END, Ink.SOFT, "font-size=\"11\"", "most in " + line.name);
        }
    }

    private StringBuilder curve(Scale x, Linear y, double share) {
        StringBuilder curve = new StringBuilder();
        for (double at = LEFT; at <= RIGHT; at += 4) {
            double bits = Math.min(BYTE, log2(length(x, at))) * share;
            if (bits >= 0 && bits <= y.high()) {
                curve.append(curve.isEmpty() ? 'M' : 'L').append(Svg.point(at, y.at(bits)));
            }
        }
        return curve;
    }

    private static double length(Scale x, double at) {
        double share = (at - LEFT) / (RIGHT - LEFT);
        if (x instanceof Logarithmic ratio) {
            return ratio.low() * Math.pow(ratio.high() / ratio.low(), share);
        }
        return x instanceof Linear linear ? Math.max(1, linear.low() + share * (linear.high() - linear.low())) : 1;
    }

    private static double log2(double value) {
        return Math.log(value) / LOG2;
    }

    /** Evenly many of them all. */
    private static List<Mark> thinned(SortedMap<String, Mark> marks) {
        List<Mark> all = new ArrayList<>(marks.values());
        List<Mark> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.size() <= MARKS || (long) i * MARKS / all.size() < (i + 1L) * MARKS / all.size()) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }

    private static StringBuilder circles(List<Mark> marks) {
        StringBuilder path = new StringBuilder();
        marks.forEach(
                mark -> path.append('M').append(Svg.point(mark.x - 3, mark.y)).append("a3 3 0 1 0 6 0a3 3 0 1 0-6 0"));
        return path;
    }

    private static StringBuilder triangles(List<Mark> marks) {
        StringBuilder path = new StringBuilder();
        marks.forEach(
                mark -> path.append('M').append(Svg.point(mark.x, mark.y - 4)).append("l4 7h-8z"));
        return path;
    }

    private void legend(Svg svg) {
        Legend legend = new Legend(svg, LEFT);
        if (tunnelMessages > 0) {
            legend.mark("m0-4l4 7h-8z", Ink.ALERT.fill(), kind.tunnel + ": " + Words.count(tunnelMessages, "message"));
        }
        if (otherMessages > 0) {
            String others = (tunnelMessages > 0 ? "others: " : "") + Words.count(otherMessages, "message");
            legend.mark("m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0", Ink.USUAL.stroke(1.2), others);
        }
        legend.line(Ink.TEXT.stroke(1.2), "maximum");
        if (kind.ofBytes) {
            legend.line(DASHED, EchoPayload.HIGH_ENTROPY / 10 + " % of the maximum");
        }
    }
}
