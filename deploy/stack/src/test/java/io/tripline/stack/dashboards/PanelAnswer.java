package io.tripline.stack.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a panel shows: by what Elasticsearch answered, and by going through the documents one by one. */
public final class PanelAnswer {
    private static final long MINUTE = 60_000;

    private PanelAnswer() {}

    /** Values of metrics by the keys of buckets, as Elasticsearch has them. */
    public static Map<List<String>, List<String>> told(KibanaPanel panel, JsonNode response) {
        Map<List<String>, List<String>> told = new HashMap<>();
        JsonNode all = response.path("aggregations").isMissingNode() ? response : response.path("aggregations");
        collect(panel, all, response.at("/hits/total/value").asLong(), List.of(), told);
        return told;
    }

    private static void collect(
            KibanaPanel panel, JsonNode at, long count, List<String> keys, Map<List<String>, List<String>> told) {
        if (keys.size() == panel.buckets().size()) {
            if (count > 0 || keys.isEmpty()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < panel.metrics().size(); i++) {
                    boolean isCount = KibanaSearch.isCount(panel.metrics().get(i));
                    values.add(number(
                            isCount ? count : at.at("/metric-" + i + "/value").asDouble()));
                }
                told.put(keys, values);
            }
            return;
        }
        JsonNode buckets = at.at("/buckets/buckets");
        if (buckets.isObject()) {
            buckets.properties().forEach(bucket -> descend(panel, bucket.getValue(), bucket.getKey(), keys, told));
        } else {
            buckets.forEach(bucket -> descend(panel, bucket, bucket.path("key").asText(), keys, told));
        }
    }

    private static void descend(
            KibanaPanel panel, JsonNode bucket, String key, List<String> keys, Map<List<String>, List<String>> told) {
        List<String> longer = new ArrayList<>(keys);
        longer.add(key);
        collect(panel, bucket, bucket.path("doc_count").asLong(), longer, told);
    }

    /** The same from the documents. */
    public static Map<List<String>, List<String>> worked(KibanaPanel panel, Collection<JsonNode> documents) {
        Map<List<String>, List<JsonNode>> groups = new HashMap<>();
        for (JsonNode document : matching(panel, documents)) {
            Set<List<String>> tuples = Set.of(List.of());
            for (JsonNode bucket : panel.buckets()) {
                Set<List<String>> longer = new LinkedHashSet<>();
                for (List<String> tuple : tuples) {
                    for (String key : keys(bucket, document)) {
                        List<String> one = new ArrayList<>(tuple);
                        one.add(key);
                        longer.add(one);
                    }
                }
                tuples = longer;
            }
            tuples.forEach(tuple ->
                    groups.computeIfAbsent(tuple, none -> new ArrayList<>()).add(document));
        }
        if (panel.buckets().isEmpty()) {
            groups.putIfAbsent(List.of(), List.of());
        }
        return groups.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> panel.metrics().stream()
                                .map(metric -> number(value(metric, group.getValue())))
                                .toList()));
    }

    /** Documents that pass the panel's filter. */
    public static List<JsonNode> matching(KibanaPanel panel, Collection<JsonNode> documents) {
        return documents.stream()
                .filter(document -> passes(panel.filter(), document))
                .toList();
    }

    private static Set<String> keys(JsonNode bucket, JsonNode document) {
        return switch (bucket.path("operation").asText()) {
            case "terms" ->
                new TreeSet<>(values(document, bucket.at("/fields/0").asText()));
            case "filters" -> {
                Set<String> labels = new TreeSet<>();
                bucket.path("filters").forEach(filter -> {
                    if (passes(filter.at("/filter/expression").asText(), document)) {
                        labels.add(filter.path("label").asText());
                    }
                });
                yield labels;
            }
            default -> {
                long time = Instant.parse(document.path("@timestamp").asText()).toEpochMilli();
                yield Set.of(Long.toString(time - Math.floorMod(time, MINUTE)));
            }
        };
    }

    private static double value(JsonNode metric, List<JsonNode> documents) {
        List<String> values = documents.stream()
                .flatMap(document -> values(document, metric.path("field").asText()).stream())
                .toList();
        return switch (metric.path("operation").asText()) {
            case "count" -> documents.size();
            case "unique_count" -> values.stream().distinct().count();
            case "sum" -> values.stream().mapToDouble(PanelAnswer::parsed).sum();
            case "max" -> values.stream().mapToDouble(PanelAnswer::parsed).max().orElse(0);
            case "min" -> values.stream().mapToDouble(PanelAnswer::parsed).min().orElse(0);
            default -> throw new AssertionError("no such metric: " + metric);
        };
    }

    private static double parsed(String value) {
        return value.endsWith("Z") ? Instant.parse(value).toEpochMilli() : Double.parseDouble(value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Whether a document has that field. */
    public static boolean has(JsonNode document, String field) {
        return !values(document, field).isEmpty();
    }

    private static List<String> values(JsonNode document, String field) {
        List<JsonNode> found = List.of(document);
        for (String part : field.split("\\.", -1)) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode one : found) {
                (one.isArray() ? one : List.of(one)).forEach(inner -> {
                    if (inner.has(part)) {
                        next.add(inner.path(part));
                    }
                });
            }
            found = next;
        }
        List<String> values = new ArrayList<>();
        for (JsonNode one : found) {
            (one.isArray() ? one : List.of(one)).forEach(value -> values.add(value.asText()));
        }
        return values;
    }

    private static boolean passes(String expression, JsonNode document) {
        for (String term : expression.isEmpty() ? new String[0] : expression.split(" AND ", -1)) {
            boolean not = term.startsWith("NOT ");
            String[] sides = term.replaceFirst("^NOT ", "").split(":", 2);
            List<String> wanted = List.of(sides[1].replaceAll("[()\"]", "").split(" OR ", -1));
            List<String> values = values(document, sides[0]);
            boolean found =
                    wanted.contains("*") ? !values.isEmpty() : values.stream().anyMatch(wanted::contains);
            if (found == not) {
                return false;
            }
        }
        return true;
    }
}
