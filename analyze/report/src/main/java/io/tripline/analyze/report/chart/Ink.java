package io.tripline.analyze.report.chart;

/**
 * Colours by what they stand for: told apart by colour-blind readers (M. Okabe and K. Ito, Color Universal Design,
 * 2008), and always used together with a shape or a place that says the same. In an element the colour is a
 * presentation attribute, for renderers that know no style sheets; the class lets the page's style sheet put another in
 * its place.
 */
enum Ink {
    /** Text and axes. */
    TEXT("#1f2328"),
    /** Secondary text. */
    SOFT("#57606a"),
    /** Lines of the grid. */
    GRID("#d8dee4"),
    /** What is usual. */
    USUAL("#0072b2"),
    /** What is usual, as an area. */
    AREA("#a6cde5"),
    /** What a finding is about. */
    ALERT("#d55e00"),
    /** Less urgent. */
    WARN("#e69f00"),
    /** What answered. */
    OPEN("#007a5a"),
    /** What is behind, such as a band. */
    BAND("#eef1f4"),
    /** Background of the chart. */
    PAPER("#ffffff");

    private final String colour;

    Ink(String colour) {
        this.colour = colour;
    }

    /** Attributes of something that is filled. */
    String fill() {
        return "class=\"tl-f-" + id() + "\" fill=\"" + colour + "\"";
    }

    /** Attributes of something that is drawn with a line, of such a width in pixels. */
    String stroke(double width) {
        return "class=\"tl-s-" + id() + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + Svg.number(width)
                + "\"";
    }

    /** Attributes of something that is filled with this, and has an outline of another. */
    String fill(Ink outline, double width) {
        return "class=\"tl-f-" + id() + " tl-s-" + outline.id() + "\" fill=\"" + colour + "\" stroke=\""
                + outline.colour + "\" stroke-width=\"" + Svg.number(width) + "\"";
    }

    private String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
