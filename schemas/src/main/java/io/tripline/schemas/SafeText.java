package io.tripline.schemas;

import java.util.Locale;

/**
 * Makes text from outside fit for a document, a terminal and a log line: nothing in it may move a cursor, change
 * colours, begin a line or turn the writing round. What could (Unicode's categories Cc, Cf, Cs, Co, Cn, Zl and Zp) is
 * replaced or spelled out.
 */
public final class SafeText {
    private static final char REPLACEMENT = '\ufffd';
    private static final char ELLIPSIS = '…';

    private SafeText() {}

    /** Whether a code point may be shown as it is. */
    public static boolean isHarmless(int point) {
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

    /**
     * The text with a replacement character for whatever is not harmless, cut with an ellipsis to so many code points.
     */
    public static String replaced(String text, int most) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), most));
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (count == most - 1 && i < text.length()) {
                return safe.append(ELLIPSIS).toString();
            }
            safe.appendCodePoint(isHarmless(point) ? point : REPLACEMENT);
        }
        return safe.toString();
    }

    /** The text as {@link #replaced} has it; {@code unnamed} where nothing is left. */
    public static String of(String text, int most) {
        String safe = replaced(text, most);
        return safe.isEmpty() ? "unnamed" : safe;
    }

    /**
     * The text with <code>&#92;u000a</code> and the like for whatever is not harmless, so that a person sees what it
     * was; cut after so many code points.
     */
    public static String escaped(String text, int most) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), most));
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            if (count == most) {
                return safe.append(ELLIPSIS).toString();
            }
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isHarmless(point)) {
                safe.appendCodePoint(point);
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        }
        return safe.toString();
    }
}
