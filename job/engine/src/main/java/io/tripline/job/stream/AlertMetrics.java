package io.tripline.job.stream;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.probe.portscan.PortScan;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Incidents by rule: opened, updated, closed, and open now; and those that settings allow. What is open survives a
 * restart. Besides, how long after an incident was certain it is told, and probes that were found.
 */
final class AlertMetrics {
    /** The newest of so many incidents count. */
    private static final int DELAYS = 1_000;

    private static final ListStateDescriptor<Tuple2<String, Long>> OPEN =
            new ListStateDescriptor<>("open", Types.TUPLE(Types.STRING, Types.LONG));

    private final MetricGroup operator;
    private final ListState<Tuple2<String, Long>> stored;
    private final Map<String, OfRule> rules = new HashMap<>();
    private final @Nullable Histogram delays;
    private final Counter probes;
    private volatile long probeDelay;

    /**
     * Metrics in a group of an operator.
     *
     * @param live whether stream time and this machine's clock have to do with each other
     */
    AlertMetrics(FunctionInitializationContext context, MetricGroup operator, boolean live) throws Exception {
        this.operator = operator;
        this.stored = context.getOperatorStateStore().getListState(OPEN);
        for (Tuple2<String, Long> rule : stored.get()) {
            of(rule.f0).open += rule.f1;
        }
        delays = live ? operator.histogram("alertDelay", new DescriptiveStatisticsHistogram(DELAYS)) : null;
        probes = operator.counter("probesFound");
        operator.<Long, Gauge<Long>>gauge("probeDelay", () -> probeDelay);
    }

    /** A probe was found; each is counted once, by the rule that is about ports of one target. */
    void addProbe(Finding finding) {
        if (finding.stage() == Stage.OPENED && finding.rule().equals(PortScan.RULE)) {
            probes.inc();
            probeDelay = since(finding.lastSeen());
        }
    }

    /** Milliseconds of this machine's clock since a stream time in microseconds. */
    private static long since(long time) {
        return System.currentTimeMillis() - time / 1_000;
    }

    /** An alert was made of a finding. One that is opened late, since settings allowed it before, has no delay. */
    void add(Alert alert, Finding finding) {
        if (delays != null && alert.stage() == Stage.OPENED && finding.stage() == Stage.OPENED) {
            delays.update(since(finding.crossed()));
        }
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
