package io.tripline.analyze;

/** What may be shown on a terminal: text from outside must not move the cursor, change colours or turn the writing round. */
final class Terminal {
    private static final int LONGEST = 500;

    private Terminal() {}

    /** The text with control and formatting characters replaced, cut where it is very long. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST));
        int[] points = text.codePoints().limit(LONGEST).toArray();
        for (int point : points) {
            int type = Character.getType(point);
            boolean shown = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.PRIVATE_USE
                    && type != Character.UNASSIGNED
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            safe.appendCodePoint(shown ? point : '\ufffd');
        }
        return points.length < text.codePointCount(0, text.length())
                ? safe.append('…').toString()
                : safe.toString();
    }
}
