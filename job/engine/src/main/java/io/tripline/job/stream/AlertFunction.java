package io.tripline.job.stream;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Raising;
import io.tripline.rules.alert.Standing;
import io.tripline.rules.incident.Finding;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Hosts {@link Raising}: one state for each open incident, with what was last found of it (a few KiB). A timer, which
 * {@link AlertOperator} sets, means that the job went on from stored state, perhaps with settings that say something
 * else about the incident.
 */
final class AlertFunction extends KeyedProcessFunction<String, Finding, Alert> implements CheckpointedFunction {
    static final ValueStateDescriptor<Standing> OPEN = new ValueStateDescriptor<>("incident", Types.STANDING);

    private static final long MICROSECONDS = 1_000;

    private final JobSettings settings;
    private final Map<String, String> off;
    private final JobGraph.Clock clock;
    private transient @Nullable AlertAssembler assembler;
    private transient @Nullable Raising raising;
    private transient @Nullable AlertMetrics metrics;
    private transient @Nullable ValueState<Standing> open;

    /** With settings that carry no lists. */
    AlertFunction(JobSettings settings, Map<String, String> off, JobGraph.Clock clock) {
        this.settings = settings;
        this.off = Map.copyOf(off);
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        metrics = new AlertMetrics(context, getRuntimeContext().getMetricGroup(), clock == JobGraph.Clock.WALL);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(metrics).store();
    }

    @Override
    public void open(OpenContext context) {
        boolean live = clock == JobGraph.Clock.WALL;
        AlertAssembler alerts =
                new AlertAssembler(settings.alerts(), Rules.CATALOGUE, live ? InstantSource.system() : null);
        assembler = alerts;
        raising = new Raising(alerts, off);
        if (live) {
            AllowMetrics.register(
                    settings.alerts().allow(),
                    InstantSource.system(),
                    getRuntimeContext().getMetricGroup());
            long refused = Boolean.parseBoolean(
                            getRuntimeContext().getGlobalJobParameters().get(JobGraph.SETTINGS_REFUSED))
                    ? 1
                    : 0;
            getRuntimeContext().getMetricGroup().<Long, Gauge<Long>>gauge("settingsRejected", () -> refused);
        }
        open = getRuntimeContext().getState(OPEN);
    }

    @Override
    public void processElement(Finding finding, Context context, Collector<Alert> out) throws IOException {
        if (Raising.isProbe(finding)) {
            Objects.requireNonNull(metrics).addProbe(finding);
            out.collect(Objects.requireNonNull(assembler).assemble(finding).allowedBy(Raising.PROBE));
            return;
        }
        ValueState<Standing> stored = Objects.requireNonNull(open);
        Standing known = stored.value();
        Standing stands = Objects.requireNonNull(raising).take(known, finding, telling(finding, out));
        keep(stands, stored);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws IOException {
        ValueState<Standing> stored = Objects.requireNonNull(open);
        Standing known = stored.value();
        if (known == null) {
            return;
        }
        long now = context.timerService().currentWatermark();
        long changed = now == Long.MAX_VALUE ? known.last().changed() : (now + 1) * MICROSECONDS;
        keep(Objects.requireNonNull(raising).look(known, changed, telling(known.last(), out)), stored);
    }

    private static void keep(@Nullable Standing stands, ValueState<Standing> stored) throws IOException {
        if (stands == null) {
            stored.clear();
        } else {
            stored.update(stands);
        }
    }

    private Consumer<Alert> telling(Finding finding, Collector<Alert> out) {
        return alert -> {
            Objects.requireNonNull(metrics).add(alert, finding);
            out.collect(alert);
        };
    }
}
