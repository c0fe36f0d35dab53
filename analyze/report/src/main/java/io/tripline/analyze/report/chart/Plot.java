package io.tripline.analyze.report.chart;

import io.tripline.analyze.report.chart.Svg.Anchor;
import java.util.List;
import java.util.function.Function;

/** The rectangle that data is drawn in, with its axes. */
record Plot(Svg svg, double left, double top, double right, double bottom) {
    private static final double TICK = 4;
    private static final double TEXT_HEIGHT = 4;

    /** Draws lines across and numbers beside them. */
    void vertical(Scale scale, List<Double> ticks, Function<Double, String> text, String title) {
        StringBuilder grid = new StringBuilder();
        for (double tick : ticks) {
            grid.append('M').append(Svg.point(left, scale.at(tick))).append('H').append(Svg.number(right));
        }
        svg.path(grid, Ink.GRID.stroke(1));
        for (double tick : ticks) {
            svg.text(left - TICK - 2, scale.at(tick) + TEXT_HEIGHT, Anchor.END, Ink.TEXT, text.apply(tick));
        }
        svg.upright(14, (top + bottom) / 2, Ink.SOFT, title);
    }

    /** Draws the line at the bottom, its marks and what it shows; lines upwards where wanted. */
    void horizontal(Scale scale, List<Double> ticks, Function<Double, String> text, String title, boolean grid) {
        StringBuilder lines = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (double tick : ticks) {
            lines.append('M').append(Svg.point(scale.at(tick), top)).append('V').append(Svg.number(bottom));
            marks.append('M')
                    .append(Svg.point(scale.at(tick), bottom))
                    .append('v')
                    .append(Svg.number(TICK));
        }
        if (grid) {
            svg.path(lines, Ink.GRID.stroke(1));
        }
        svg.path(
                marks.append('M').append(Svg.point(left, bottom)).append('H').append(Svg.number(right)),
                Ink.TEXT.stroke(1));
        for (double tick : ticks) {
            svg.text(scale.at(tick), bottom + 17, Anchor.MIDDLE, Ink.TEXT, text.apply(tick));
        }
        svg.text((left + right) / 2, bottom + 34, Anchor.MIDDLE, Ink.SOFT, title);
    }
}
