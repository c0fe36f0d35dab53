package io.tripline.rules.network;

/** Makes text from outside fit for a document, a terminal and a log line. */
public final class SafeText {
    private static final char REPLACEMENT = '\ufffd';

    private SafeText() {}

    /**
     * The text with everything that could steer a terminal or reorder a line replaced (control and format characters, line and paragraph
     * separators, halves of surrogate pairs), and cut with an ellipsis to so many code points; {@code unnamed} where nothing is left.
     */
    public static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (count == most - 1 && i < text.length()) {
                return clean.append('…').toString();
            }
            clean.appendCodePoint(isHarmless(point) ? point : REPLACEMENT);
        }
        return clean.isEmpty() ? "unnamed" : clean.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
