package io.tripline.analyze.report;

/** How bad: the severities of alerts, and none. */
public enum Level {
    CRITICAL(99, "Critical"),
    HIGH(73, "High"),
    MEDIUM(47, "Medium"),
    LOW(21, "Low"),
    NONE(0, "None");

    private final int number;
    private final String label;

    Level(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** The level of {@code event.severity}. */
    static Level of(long severity) {
        for (Level level : values()) {
            if (severity >= level.number) {
                return level;
            }
        }
        return NONE;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** As style sheets and {@code report.json} name it. */
    public String id() {
        return label.toLowerCase(java.util.Locale.ROOT);
    }
}
