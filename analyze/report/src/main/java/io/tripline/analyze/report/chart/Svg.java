package io.tripline.analyze.report.chart;

import java.util.Locale;

/**
 * Writes one {@code svg} element. Texts are escaped here and nowhere else; attributes given as text are this package's
 * own.
 *
 * <p>Coordinates are pixels with at most one digit after the point.
 */
final class Svg {
    /** Bytes at most; what draws points thins them so that it is never reached. */
    static final int MOST_BYTES = 60_000;

    private static final String FONT = "font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\"";

    private final StringBuilder out = new StringBuilder();

    /** A drawing that is called {@code title} and is told by {@code description} to those who do not see it. */
    Svg(String id, int width, int height, String title, String description) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tl-chart\" role=\"img\" aria-labelledby=\"")
                .append(id)
                .append("-title ")
                .append(id)
                .append("-desc\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " "
                        + height + "\" ")
                .append(FONT)
                .append(" font-size=\"12\">\n<title id=\"")
                .append(id)
                .append("-title\">");
        escape(title);
        out.append("</title>\n<desc id=\"").append(id).append("-desc\">");
        escape(description);
        out.append("</desc>\n");
    }

    /** Where a text begins, or what is at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END;

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void rectangle(double x, double y, double width, double height, String attributes) {
        out.append("<rect x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(Math.max(0, width)))
                .append("\" height=\"")
                .append(number(Math.max(0, height)))
                .append("\" ")
                .append(attributes)
                .append("/>\n");
    }

    void line(double fromX, double fromY, double toX, double toY, String attributes) {
        out.append("<path d=\"M")
                .append(point(fromX, fromY))
                .append('L')
                .append(point(toX, toY))
                .append("\" ")
                .append(attributes)
                .append("/>\n");
    }

    /** A path; nothing where it is empty. */
    void path(CharSequence data, String attributes) {
        if (!data.isEmpty()) {
            out.append("<path d=\"")
                    .append(data)
                    .append("\" ")
                    .append(attributes)
                    .append("/>\n");
        }
    }

    void text(double x, double y, Anchor anchor, Ink ink, String text) {
        text(x, y, anchor, ink, "", text);
    }

    /**
     * Writes a text on its base line.
     *
     * @param attributes further ones, such as a weight
     */
    void text(double x, double y, Anchor anchor, Ink ink, String attributes, String text) {
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" ");
        if (anchor != Anchor.START) {
            out.append("text-anchor=\"").append(anchor.id()).append("\" ");
        }
        out.append(attributes)
                .append(attributes.isEmpty() ? "" : " ")
                .append(ink.fill())
                .append('>');
        escape(text);
        out.append("</text>\n");
    }

    /** A text that is read from bottom to top. */
    void upright(double x, double y, Ink ink, String text) {
        String turn = "transform=\"rotate(-90 " + number(x) + " " + number(y) + ")\"";
        text(x, y, Anchor.MIDDLE, ink, turn, text);
    }

    /** All of it. */
    String end() {
        return out.append("</svg>").toString();
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    /** Two coordinates as in a path. */
    static String point(double x, double y) {
        return number(x) + " " + number(y);
    }

    /** A number with at most one digit after the point. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        long rest = Math.abs(tenths % 10);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths / 10);
        return rest == 0 ? whole.equals("-0") ? "0" : whole : whole + "." + rest;
    }
}
