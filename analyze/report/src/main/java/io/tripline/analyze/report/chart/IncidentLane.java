package io.tripline.analyze.report.chart;

import io.tripline.analyze.report.chart.Svg.Anchor;
import io.tripline.schemas.alert.AlertDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When incidents of one rule went on. Those that touch are drawn as one. */
final class IncidentLane {
    /** Narrower ones could not be seen. */
    private static final double NARROWEST = 4;

    private static final int HIGH = 73;
    private static final int MEDIUM = 47;
    private static final int NAME = 18;

    /** Drawn apart at most; beyond, gaps are closed. */
    private static final int DRAWN = 120;

    private record Span(double start, double end, long severity) {}

    private final String rule;
    private final List<Span> spans = new ArrayList<>();
    private long severity;

    private IncidentLane(String rule) {
        this.rule = rule;
    }

    /** Lanes by severity, the worst first. */
    static List<IncidentLane> of(List<AlertDocument> alerts) {
        Map<String, IncidentLane> lanes = new TreeMap<>();
        for (AlertDocument alert : alerts) {
            AlertDocument.Event event = alert.event();
            String start = event.start();
            if (!start.isEmpty()) {
                String end = event.end().isEmpty() ? start : event.end();
                lanes.computeIfAbsent(alert.rule().id(), IncidentLane::new)
                        .add(new Span(TimeScale.of(start), TimeScale.of(end), event.severity()));
            }
        }
        List<IncidentLane> sorted = new ArrayList<>(lanes.values());
        sorted.sort(
                Comparator.comparingLong((IncidentLane lane) -> -lane.severity).thenComparing(lane -> lane.rule));
        sorted.forEach(lane -> lane.spans.sort(Comparator.comparingDouble(Span::start)));
        return sorted;
    }

    private void add(Span span) {
        spans.add(span);
        severity = Math.max(severity, span.severity);
    }

    /** A sentence about each. */
    static String words(List<IncidentLane> lanes) {
        StringBuilder words = new StringBuilder();
        for (IncidentLane lane : lanes) {
            words.append(' ')
                    .append(Words.count(lane.spans.size(), "incident"))
                    .append(" of ")
                    .append(lane.name())
                    .append(", the first at ")
                    .append(TimeScale.clock(lane.spans.get(0).start))
                    .append('.');
        }
        return words.toString();
    }

    private String name() {
        return Words.plain(rule, NAME);
    }

    /** A band behind the plot while any went on. */
    void shade(Svg svg, Scale x, double top, double bottom) {
        for (Span span : joined(x)) {
            svg.rectangle(span.start, top, span.end - span.start, bottom - top, Ink.BAND.fill());
        }
    }

    void draw(Svg svg, Scale x, double top, double height) {
        svg.text(x.at(Double.NEGATIVE_INFINITY) - 6, top + height - 3, Anchor.END, Ink.TEXT, name());
        double right = x.at(Double.POSITIVE_INFINITY);
        svg.line(x.at(Double.NEGATIVE_INFINITY), top + height / 2, right, top + height / 2, Ink.GRID.stroke(1));
        for (Span span : joined(x)) {
            svg.rectangle(span.start, top, span.end - span.start, height, look(span.severity));
        }
        svg.text(right + 5, top + height - 3, Anchor.START, Ink.SOFT, Words.brief(spans.size()));
    }

    /** Full for high and critical, light for medium, hollow for low: it is told apart without colour, too. */
    private static String look(long severity) {
        if (severity >= HIGH) {
            return Ink.ALERT.fill(Ink.ALERT, 1);
        }
        return severity >= MEDIUM ? Ink.WARN.fill(Ink.ALERT, 1) : Ink.PAPER.fill(Ink.ALERT, 1);
    }

    static void legend(Svg svg, double left, double base) {
        double x = left;
        for (Map.Entry<String, Integer> entry :
                List.of(Map.entry("high or critical", HIGH), Map.entry("medium", MEDIUM), Map.entry("low", 1))) {
            svg.rectangle(x, base - 9, 18, 10, look(entry.getValue()));
            svg.text(x + 24, base, Anchor.START, Ink.SOFT, entry.getKey());
            x += 24 + 6 * entry.getKey().length() + 24;
        }
    }

    /** In pixels, from left to right, with gaps between them. */
    private List<Span> joined(Scale x) {
        double gap = 1;
        List<Span> joined = joined(x, gap);
        while (joined.size() > DRAWN) {
            gap *= 2;
            joined = joined(x, gap);
        }
        return joined;
    }

    private List<Span> joined(Scale x, double gap) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans) {
            double start = x.at(span.start);
            double end = Math.max(x.at(span.end), start + NARROWEST);
            int last = joined.size() - 1;
            if (last >= 0 && start <= joined.get(last).end + gap) {
                Span before = joined.get(last);
                joined.set(
                        last,
                        new Span(before.start, Math.max(before.end, end), Math.max(before.severity, span.severity)));
            } else {
                joined.add(new Span(start, end, span.severity));
            }
        }
        return joined;
    }
}
