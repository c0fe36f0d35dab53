package io.tripline.job.elastic;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.alert.AlertDocument;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Tells older from newer of the documents about one incident: later is more, and of two at one time the one further on.
 * That is the order of {@code @timestamp}, then {@code event.action}, so that a document carries its version in what
 * everybody can read.
 */
final class AlertVersion {
    /** Less than that of any document. */
    static final long NONE = -1;

    /** Room for the stages below the time. */
    private static final int STAGES = 4;

    private static final long SECOND = 1_000_000;

    /** The last microsecond that four digits of a year can tell. */
    private static final long LATEST = LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * SECOND - 1;

    private AlertVersion() {}

    static long of(Alert alert) {
        return of(alert.changed(), alert.stage());
    }

    /** Of a document as it is stored or on the topic; {@link #NONE} where it does not say. */
    static long of(AlertDocument document) {
        try {
            return of(
                    micros(document.timestamp()),
                    Stage.valueOf(document.event().action().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    private static long of(long changed, Stage stage) {
        int rank = switch (stage) {
            case OPENED -> 0;
            case UPDATED -> 1;
            case CLOSED -> 2;
        };
        return Math.max(0, Math.min(LATEST, changed)) * STAGES + rank;
    }

    /**
     * A time as documents have it, in microseconds since 1970 UTC.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long micros(String time) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + time + "' is not a valid time", e);
        }
    }
}
