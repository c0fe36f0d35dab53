package io.tripline.job.stream;

import io.tripline.rules.traffic.TrafficMinute;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of a minute at a sensor together. Folds hand over parts at every checkpoint, and each instance of them
 * its own; the watermark says when all have come. What comes later still, within {@link #KEPT}, is added, and the
 * minute handed on once more. State: the running minute of each sensor at a time and those of the last five minutes,
 * each bounded by {@link #HOSTS}.
 */
final class MinuteFunction extends KeyedProcessFunction<MinuteKey, TrafficMinute, TrafficMinute> {
    private static final int HOSTS = 250;
    private static final long SECONDS = 60;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private transient @Nullable ValueState<TrafficMinute> minute;

    @Override
    public void open(OpenContext context) {
        minute = getRuntimeContext().getState(new ValueStateDescriptor<>("minute", Types.TRAFFIC_MINUTE));
    }

    @Override
    public void processElement(TrafficMinute part, Context context, Collector<TrafficMinute> out) throws IOException {
        TrafficMinute known = state().value();
        TrafficMinute whole = known == null ? new TrafficMinute(part.sensor(), part.minute()) : known;
        whole.merge(part);
        whole.keepBusiest(HOSTS);
        state().update(whole);
        long end = end(context.getCurrentKey());
        context.timerService().registerEventTimeTimer(end + KEPT.toMillis());
        if (context.timerService().currentWatermark() < end) {
            context.timerService().registerEventTimeTimer(end);
        } else {
            out.collect(whole);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<TrafficMinute> out) throws IOException {
        TrafficMinute whole = state().value();
        if (time > end(context.getCurrentKey())) {
            state().clear();
        } else if (whole != null) {
            out.collect(whole);
        }
    }

    private static long end(MinuteKey key) {
        return StreamTime.endOfSecond(key.minute() * SECONDS + SECONDS - 1);
    }

    private ValueState<TrafficMinute> state() {
        return Objects.requireNonNull(minute);
    }
}
