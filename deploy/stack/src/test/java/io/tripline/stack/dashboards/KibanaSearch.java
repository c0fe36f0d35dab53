package io.tripline.stack.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The search that Kibana makes of a panel: its filter, its buckets, outer ones first, and its metrics in the innermost.
 * Filters go to Elasticsearch as they stand, since they keep to what KQL and its query string have in common (see
 * {@link KibanaDashboardsTest}).
 */
public final class KibanaSearch {
    private KibanaSearch() {}

    /** Body of {@code _search} for that panel, over all times. */
    public static ObjectNode of(KibanaPanel panel) {
        ObjectNode body = KibanaPanel.JSON.createObjectNode();
        if (!panel.filter().isEmpty()) {
            body.set("query", query(panel.filter()));
        }
        if (panel.isTable()) {
            body.put("size", 100);
            panel.layer()
                    .path("sort")
                    .forEach(sort -> body.withArray("sort")
                            .addObject()
                            .put(
                                    sort.path("name").asText(),
                                    sort.path("direction").asText()));
        } else {
            body.put("size", 0).put("track_total_hits", true);
            nest(body, panel.buckets(), panel.metrics());
        }
        return body;
    }

    private static void nest(ObjectNode body, List<JsonNode> buckets, List<JsonNode> metrics) {
        if (buckets.isEmpty()) {
            metrics(body, metrics);
            return;
        }
        ObjectNode bucket = body.putObject("aggs").putObject("buckets");
        JsonNode wanted = buckets.get(0);
        switch (wanted.path("operation").asText()) {
            case "date_histogram" ->
                bucket.putObject("date_histogram")
                        .put("field", wanted.path("field").asText())
                        .put("fixed_interval", "1m")
                        .put("min_doc_count", 1);
            case "filters" -> {
                ObjectNode filters = bucket.putObject("filters").putObject("filters");
                wanted.path("filters")
                        .forEach(filter -> filters.set(
                                filter.path("label").asText(),
                                query(filter.at("/filter/expression").asText())));
            }
            case "terms" -> {
                ObjectNode terms = bucket.putObject("terms")
                        .put("field", wanted.at("/fields/0").asText())
                        .put("size", wanted.path("limit").asInt());
                int rank = wanted.at("/rank_by/metric_index").asInt();
                if (buckets.size() == 1) {
                    terms.putObject("order")
                            .put(
                                    isCount(metrics.get(rank)) ? "_count" : "metric-" + rank,
                                    wanted.at("/rank_by/direction").asText());
                }
            }
            default -> throw new AssertionError("no such bucket: " + wanted);
        }
        nest(bucket, buckets.subList(1, buckets.size()), metrics);
    }

    private static void metrics(ObjectNode body, List<JsonNode> metrics) {
        for (int i = 0; i < metrics.size(); i++) {
            JsonNode metric = metrics.get(i);
            if (!isCount(metric)) {
                String operation = metric.path("operation").asText();
                body.withObject("/aggs/metric-" + i)
                        .putObject(
                                switch (operation) {
                                    case "unique_count" -> "cardinality";
                                    case "sum", "max", "min" -> operation;
                                    default -> throw new AssertionError("no such metric: " + metric);
                                })
                        .put("field", metric.path("field").asText());
            }
        }
    }

    static boolean isCount(JsonNode metric) {
        return metric.path("operation").asText().equals("count");
    }

    private static ObjectNode query(String expression) {
        ObjectNode query = KibanaPanel.JSON.createObjectNode();
        query.putObject("query_string").put("query", expression);
        return query;
    }
}
