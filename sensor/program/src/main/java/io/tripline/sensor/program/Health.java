package io.tripline.sensor.program;

import io.tripline.schemas.SafeText;
import io.tripline.sensor.publish.Publisher;
import java.util.List;

/**
 * Whether the sensor does what it is there for, capture and publish; and whether its program is stuck, which is another
 * question.
 */
final class Health {
    private static final double SILENT_SECONDS = 60;

    /** Who asks twice a minute must see that packets were thrown away. */
    private static final double DISCARDED_SECONDS = 30;

    /** A thread that takes its turns fifty times a second has not taken one. */
    private static final double STUCK_SECONDS = 60;

    private final Publisher publisher;
    private final List<LiveSensor> sensors;

    private final double stuckSeconds;

    private Health(Publisher publisher, List<LiveSensor> sensors, double stuckSeconds) {
        this.publisher = publisher;
        this.sensors = sensors;
        this.stuckSeconds = stuckSeconds;
    }

    static Health of(Publisher publisher, List<LiveSensor> sensors) {
        return of(publisher, sensors, STUCK_SECONDS);
    }

    static Health of(Publisher publisher, List<LiveSensor> sensors, double stuckSeconds) {
        return new Health(publisher, sensors, stuckSeconds);
    }

    /** How it is. */
    record Report(boolean healthy, String reason) {
        String json() {
            return "{\"status\":\"" + (healthy ? "up" : "down") + "\",\"reason\":\"" + escaped(reason) + "\"}\n";
        }

        private static String escaped(String text) {
            return SafeText.escaped(text, SensorCommand.SHOWN)
                    .replace("\\", "\\\\")
                    .replace("\"", "\\\"");
        }
    }

    /** Whether the threads that capture and publish go on; brokers, spool and interfaces may be away. */
    Report alive() {
        Throwable failure = publisher.failure();
        if (failure != null) {
            return new Report(false, "publishing ended: " + failure);
        }
        for (LiveSensor sensor : sensors) {
            if (sensor.secondsSinceTurn() > stuckSeconds) {
                return new Report(false, "capture of " + sensor.name() + " is stuck");
            }
        }
        return publisher.secondsSinceTurn() > stuckSeconds
                ? new Report(false, "publishing is stuck")
                : new Report(true, "");
    }

    /** Whether it captures and publishes, and loses nothing. */
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
        if (publisher.counts().secondsSinceDiscarded() < DISCARDED_SECONDS) {
            String why = publisher.counts().reason();
            return new Report(
                    false,
                    "packets are discarded: neither the brokers nor the spool accept them"
                            + (why.isEmpty() ? "" : ": " + why));
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
