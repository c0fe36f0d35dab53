package io.tripline.job.elastic;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.incident.Finding.Stage;

/**
 * Keeps the latest document of each incident, in an index of the month in which the incident began, with what others
 * wrote into it.
 */
public final class ElasticAlertSink extends ElasticSink<Alert> {
    private static final long serialVersionUID = 1;

    /**
     * A sink of raised alerts.
     *
     * @param rejected where documents go that the server will never take
     */
    public ElasticAlertSink(ElasticSettings settings, RejectedDocuments rejected) {
        super(alert -> document(alert, settings.alertsPrefix()), settings, settings.alertsPrefix(), true, rejected);
    }

    static ElasticDocument document(Alert alert, String prefix) {
        return new ElasticDocument(
                IndexMonth.of(prefix, alert.firstSeen()),
                alert.id(),
                AlertVersion.of(alert),
                alert.stage() == Stage.CLOSED,
                alert.json());
    }
}
