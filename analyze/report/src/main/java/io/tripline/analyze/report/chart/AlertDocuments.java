package io.tripline.analyze.report.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import java.util.ArrayList;
import java.util.List;

/** The alerts of a {@code report.json}, in its order. */
public final class AlertDocuments {
    private AlertDocuments() {}

    /** Reads them; {@link AlertDocument#NONE} stands for what is none. */
    public static List<AlertDocument> of(JsonNode report) {
        List<AlertDocument> alerts = new ArrayList<>();
        report.path("alerts").forEach(alert -> alerts.add(AlertJson.read(alert)));
        return alerts;
    }
}
