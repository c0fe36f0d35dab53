package io.tripline.analyze;

import io.tripline.rules.alert.Severity;
import io.tripline.schemas.SafeText;

/**
 * What may be shown on a terminal: text from outside must not move the cursor, change colours or turn the writing
 * round.
 */
final class Terminal {
    private static final int LONGEST = 500;
    private static final String PLAIN = "\u001b[0m";

    private Terminal() {}

    /**
     * Our own text in the colour of a severity, where {@code tripline} says that standard output is a terminal that
     * wants colours.
     */
    static String coloured(Severity severity, String text) {
        if (!Boolean.getBoolean("tripline.colour")) {
            return text;
        }
        String colour = switch (severity) {
            case LOW -> "\u001b[36m";
            case MEDIUM -> "\u001b[33m";
            case HIGH -> "\u001b[31m";
            case CRITICAL -> "\u001b[1;31m";
        };
        return colour + text + PLAIN;
    }

    /** The text without anything that steers a terminal, cut where it is very long. */
    static String safe(String text) {
        return SafeText.replaced(text, LONGEST);
    }
}
