package io.tripline.rules.alert;

import io.tripline.rules.incident.Finding.Stage;
import java.util.List;

/** Alerts as the job makes them, for tests of what becomes of them. */
public final class SampleAlerts {
    private static final long SECOND = 1_000_000;

    private SampleAlerts() {}

    /**
     * What is said about an incident at one stage.
     *
     * @param number which incident: each has its own source, 10.0.x.y
     * @param seconds since it began
     */
    public static Alert alert(int number, Stage stage, int seconds) {
        return Documents.ASSEMBLER.assemble(FindingBuilder.portScan(21 + seconds)
                .from("10.0." + (number >> 8 & 255) + "." + (number & 255))
                .stage(stage)
                .changedAfter(seconds * SECOND)
                .build());
    }

    /** The whole of an incident. */
    public static List<Alert> incident(int number) {
        return List.of(
                alert(number, Stage.OPENED, 1), alert(number, Stage.UPDATED, 31), alert(number, Stage.CLOSED, 331));
    }

    /** The same with another document, which need be none. */
    public static Alert with(Alert alert, String json) {
        return new Alert(
                alert.id(),
                alert.firstSeen(),
                alert.changed(),
                alert.severity(),
                alert.risk(),
                alert.stage(),
                alert.rule(),
                alert.actor(),
                alert.allowedBy(),
                alert.lapsed(),
                json);
    }

    /** The same as if it had begun at another time. */
    public static Alert begun(Alert alert, long firstSeen) {
        return new Alert(
                alert.id(),
                firstSeen,
                firstSeen + SECOND,
                alert.severity(),
                alert.risk(),
                alert.stage(),
                alert.rule(),
                alert.actor(),
                alert.allowedBy(),
                alert.lapsed(),
                alert.json());
    }
}
