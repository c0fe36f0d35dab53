package io.tripline.job.elastic;

import io.tripline.job.incident.Alert;

/** Keeps the latest document of each incident, in an index of the month in which the incident began. */
public final class ElasticAlertSink extends ElasticSink<Alert> {
    private static final long serialVersionUID = 1;

    /** Room for the stages below the time in a version. */
    private static final int STAGES = 4;

    private static final long LATEST = Long.MAX_VALUE / STAGES - 1;

    /**
     * A sink of raised alerts.
     *
     * @param rejected where documents go that the server will never take
     */
    public ElasticAlertSink(ElasticSettings settings, RejectedDocuments rejected) {
        super(
                (alert, context) -> document(alert, settings.alertsPrefix()),
                settings,
                settings.alertsPrefix(),
                rejected);
    }

    static ElasticDocument document(Alert alert, String prefix) {
        return new ElasticDocument(IndexMonth.of(prefix, alert.firstSeen()), alert.id(), version(alert), alert.json());
    }

    /** Later is more, and of two at one time the one further on: the order of {@code @timestamp}, then {@code event.action}. */
    private static long version(Alert alert) {
        return Math.max(0, Math.min(LATEST, alert.changed())) * STAGES
                + alert.stage().ordinal();
    }
}
