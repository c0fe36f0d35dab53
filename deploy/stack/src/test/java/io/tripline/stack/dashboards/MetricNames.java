package io.tripline.stack.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metrics that Grafana's panels and Prometheus's alerts ask for. */
public final class MetricNames {
    static final Path RULES = KibanaPanel.ROOT.resolve("deploy/prometheus/tripline.rules.yml");
    private static final Path GRAFANA = KibanaPanel.ROOT.resolve("deploy/grafana/dashboards");
    private static final Pattern NAME = Pattern.compile("\\b(?:flink|tripline_sensor)_\\w+");

    private MetricNames() {}

    /** Grafana's dashboards by the names of their files. */
    static Map<String, JsonNode> grafana() {
        Map<String, JsonNode> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(GRAFANA)) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), KibanaPanel.JSON.readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The alerts about ourselves. */
    static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        try {
            new ObjectMapper(new YAMLFactory())
                    .readTree(RULES.toFile())
                    .path("groups")
                    .forEach(group -> group.path("rules").forEach(alerts::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return alerts;
    }

    /** All expressions of panels, variables and alerts. */
    static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        grafana().values().forEach(dashboard -> {
            expressions.addAll(dashboard.path("panels").findValuesAsText("expr"));
            expressions.addAll(dashboard.path("templating").findValuesAsText("definition"));
        });
        alerts().forEach(alert -> expressions.add(alert.path("expr").asText()));
        return expressions;
    }

    /** Names that begin so, of all that is used. */
    public static Set<String> used(String prefix) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions()) {
            Matcher matcher = NAME.matcher(expression);
            while (matcher.find()) {
                if (matcher.group().startsWith(prefix)) {
                    names.add(matcher.group());
                }
            }
        }
        return names;
    }
}
