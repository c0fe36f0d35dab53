package io.tripline.job.stream;

import io.tripline.job.incident.Alert;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/** Incidents by rule: opened, updated, closed, and open now; and those that settings allow. What is open survives a restart. */
final class AlertMetrics {
    private static final ListStateDescriptor<Tuple2<String, Long>> OPEN =
            new ListStateDescriptor<>("open", Types.TUPLE(Types.STRING, Types.LONG));

    private final MetricGroup operator;
    private final ListState<Tuple2<String, Long>> stored;
    private final Map<String, OfRule> rules = new HashMap<>();

    AlertMetrics(FunctionInitializationContext context, MetricGroup operator) throws Exception {
        this.operator = operator;
        this.stored = context.getOperatorStateStore().getListState(OPEN);
        for (Tuple2<String, Long> rule : stored.get()) {
            of(rule.f0).open += rule.f1;
        }
    }

    void add(Alert alert) {
        OfRule rule = of(alert.rule());
        if (alert.suppressed()) {
            rule.suppressed.inc();
            return;
        }
        switch (alert.stage()) {
            case OPENED -> {
                rule.opened.inc();
                rule.open++;
            }
            case UPDATED -> rule.updated.inc();
            case CLOSED -> {
                rule.closed.inc();
                rule.open--;
            }
        }
    }

    void store() throws Exception {
        stored.clear();
        for (Map.Entry<String, OfRule> rule : rules.entrySet()) {
            stored.add(Tuple2.of(rule.getKey(), rule.getValue().open));
        }
    }

    private OfRule of(String rule) {
        return rules.computeIfAbsent(rule, id -> new OfRule(operator.addGroup("rule", id)));
    }

    private static final class OfRule {
        private final Counter opened;
        private final Counter updated;
        private final Counter closed;
        private final Counter suppressed;
        private long open;

        OfRule(MetricGroup group) {
            opened = group.counter("incidentsOpened");
            updated = group.counter("incidentsUpdated");
            closed = group.counter("incidentsClosed");
            suppressed = group.counter("alertsSuppressed");
            group.<Long, Gauge<Long>>gauge("incidentsOpen", () -> open);
        }
    }
}
