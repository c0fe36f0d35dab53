package io.tripline.rules.alert;

import java.util.Locale;

/** How urgent an alert is, in the four numbers that Elastic Security gives names to. */
public enum Severity {
    LOW(21),
    MEDIUM(47),
    HIGH(73),
    CRITICAL(99);

    /** From one severity to the next, in points of risk. */
    public static final int STEP = 26;

    private static final Severity[] ASCENDING = values();

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /** {@code event.severity}. */
    public int number() {
        return number;
    }

    /** The name in options and summaries. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The highest severity whose number the risk reaches; {@link #LOW} below all of them. */
    public static Severity ofRisk(int risk) {
        Severity reached = LOW;
        for (Severity severity : ASCENDING) {
            if (risk >= severity.number) {
                reached = severity;
            }
        }
        return reached;
    }
}
