package io.tripline.schemas;

/** What the name of a sensor says of what it publishes. */
public final class SensorName {
    private static final String PROBE = "/probe";

    private SensorName() {}

    /** The name under which a sensor's probe comes: a scan that nobody made, which the job must find. */
    public static String ofProbe(String sensor) {
        return sensor + PROBE;
    }

    /** Whether what comes under this name is a probe. */
    public static boolean isProbe(String name) {
        return name.endsWith(PROBE);
    }
}
