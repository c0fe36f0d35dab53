package io.tripline.job.program;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * What a job in this process counts, in Prometheus' text format and under the names that Flink's own reporter gives
 * (which listens on all addresses, so that this one takes its place): {@code flink_taskmanager_job_task_operator_NAME}.
 */
public final class OwnMetrics implements MetricReporter {
    /** By which name Flink's configuration knows it. */
    static final String NAME = "own";

    private static final Map<Metric, Series> SERIES = new ConcurrentHashMap<>();

    private record Series(String name, String labels) {}

    /** Makes it; found by its name in Flink's configuration. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new OwnMetrics();
        }
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing is set.
    }

    @Override
    public void close() {
        SERIES.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String scope = ((LogicalScopeProvider) group).getLogicalScope(OwnMetrics::allowed, '_');
        SERIES.put(metric, new Series("flink_" + scope + "_" + allowed(name), labels(group.getAllVariables())));
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        SERIES.remove(metric);
    }

    private static String allowed(String text) {
        return text.replaceAll("[^a-zA-Z0-9_:]", "_");
    }

    private static String labels(Map<String, String> variables) {
        StringBuilder labels = new StringBuilder();
        new TreeMap<>(variables).forEach((variable, value) -> {
            // Flink writes <job_name>.
            String name = allowed(variable.replaceAll("^<|>$", ""));
            String text = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            labels.append(labels.length() == 0 ? "" : ",")
                    .append(name)
                    .append("=\"")
                    .append(text)
                    .append('"');
        });
        return labels.toString();
    }

    /** All that is counted now. */
    static String text() {
        SortedMap<String, StringBuilder> lines = new TreeMap<>();
        SERIES.forEach((metric, series) -> {
            double value = value(metric);
            if (!Double.isNaN(value)) {
                lines.computeIfAbsent(series.name(), name -> new StringBuilder("# TYPE " + name + " gauge\n"))
                        .append(String.format(Locale.ROOT, "%s{%s} %s\n", series.name(), series.labels(), value));
            }
        });
        return String.join("", lines.values());
    }

    /** The sum over all series of that name; not a number where there is none. */
    static double sum(String name) {
        double[] found = SERIES.entrySet().stream()
                .filter(each -> each.getValue().name().equals(name))
                .mapToDouble(each -> value(each.getKey()))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double sum = 0;
        for (double value : found) {
            sum += value;
        }
        return found.length == 0 ? Double.NaN : sum;
    }

    private static double value(Metric metric) {
        try {
            if (metric instanceof Counter counter) {
                return counter.getCount();
            }
            if (metric instanceof Meter meter) {
                return meter.getRate();
            }
            if (metric instanceof Histogram histogram) {
                return histogram.getStatistics().getMax();
            }
            Object value = metric instanceof Gauge<?> gauge ? gauge.getValue() : null;
            return value instanceof Number number
                    ? number.doubleValue()
                    : value instanceof Boolean yes ? (yes ? 1 : 0) : Double.NaN;
        } catch (RuntimeException e) {
            return Double.NaN; // a gauge of a task that is ending
        }
    }
}
