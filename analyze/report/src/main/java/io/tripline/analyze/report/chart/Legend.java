package io.tripline.analyze.report.chart;

import io.tripline.analyze.report.chart.Svg.Anchor;

/** Marks and what they stand for, from left to right. */
final class Legend {
    private static final double BASE = 21;
    private static final double MIDDLE = 17;
    private static final double LETTER = 6.3;
    private static final double GAP = 18;

    private final Svg svg;
    private double x;

    Legend(Svg svg, double left) {
        this.svg = svg;
        this.x = left;
    }

    /** A mark that a path draws around the point where it begins. */
    void mark(String path, String attributes, String text) {
        svg.path("M" + Svg.point(x + 6, MIDDLE) + path, attributes);
        text(18, text);
    }

    /** A bar or band. */
    void area(String attributes, String text) {
        svg.rectangle(x, MIDDLE - 5, 18, 10, attributes);
        text(24, text);
    }

    /** A line. */
    void line(String attributes, String text) {
        svg.line(x, MIDDLE, x + 20, MIDDLE, attributes);
        text(26, text);
    }

    private void text(double after, String text) {
        svg.text(x + after, BASE, Anchor.START, Ink.TEXT, text);
        x += after + LETTER * text.length() + GAP;
    }
}
