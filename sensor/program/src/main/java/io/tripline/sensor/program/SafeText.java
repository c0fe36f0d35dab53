package io.tripline.sensor.program;

import java.util.Locale;

/** Text from elsewhere as it may stand on a terminal: without anything that steers it. */
final class SafeText {
    private static final int MOST = 400;

    private SafeText() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(MOST).forEach(point -> {
            switch (Character.getType(point)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> safe.append(String.format(Locale.ROOT, "\\u%04x", point));
                default -> safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }
}
