package io.tripline.sensor.program;

import io.tripline.sensor.publish.Publisher;
import java.util.List;

/** Whether the sensor does what it is there for: capture, and publish. */
final class Health {
    private static final double SILENT_SECONDS = 60;

    private final Publisher publisher;
    private final List<LiveSensor> sensors;

    private Health(Publisher publisher, List<LiveSensor> sensors) {
        this.publisher = publisher;
        this.sensors = sensors;
    }

    static Health of(Publisher publisher, List<LiveSensor> sensors) {
        return new Health(publisher, sensors);
    }

    /** How it is. */
    record Report(boolean healthy, String reason) {
        String json() {
            return "{\"status\":\"" + (healthy ? "up" : "down") + "\",\"reason\":\"" + escaped(reason) + "\"}\n";
        }

        private static String escaped(String text) {
            return SafeText.of(text).replace("\\", "\\\\").replace("\"", "\\\"");
        }
    }

    Report report() {
        Throwable failure = publisher.failure();
        if (failure != null) {
            return new Report(false, "publishing ended: " + failure);
        }
        for (LiveSensor sensor : sensors) {
            if (!sensor.isCapturing()) {
                return new Report(false, "not capturing: " + sensor.reason());
            }
        }
        double silent = publisher.counts().secondsSinceAcknowledged();
        if (silent > SILENT_SECONDS) {
            String why = publisher.counts().reason();
            return new Report(
                    false, "nothing published for " + (long) silent + " seconds" + (why.isEmpty() ? "" : ": " + why));
        }
        return new Report(true, publisher.isSpooling() ? "publishing through the spool" : "");
    }
}
