package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.stream.StreamTime;
import io.tripline.schemas.PacketBatch;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;
import org.jspecify.annotations.Nullable;

/** Hosts a {@link PartitionTime} for each partition. Records are stamped with the broker's time; event time is in the watermarks. */
final class PartitionWatermarks implements WatermarkStrategy<Received> {
    private static final long serialVersionUID = 1;

    private transient @Nullable TimeMetrics metrics;

    @Override
    public TimestampAssigner<Received> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return (received, ignored) -> received.appended();
    }

    @Override
    public WatermarkGenerator<Received> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        TimeMetrics shared = metrics;
        if (shared == null) {
            // Flink copies a strategy for each task, and calls it from that task's thread alone.
            shared = new TimeMetrics(context.getMetricGroup());
            metrics = shared;
        }
        PartitionTime time = new PartitionTime();
        shared.add(time);
        return new Generator(time, context.getInputActivityClock());
    }

    private static final class Generator implements WatermarkGenerator<Received> {
        private final PartitionTime time;
        /** Stands still while this task is held up by others. */
        private final RelativeClock clock;

        private long looked;
        private long told = PartitionTime.NONE;
        private boolean idle;

        Generator(PartitionTime time, RelativeClock clock) {
            this.time = time;
            this.clock = clock;
            this.looked = clock.relativeTimeMillis();
        }

        @Override
        public void onEvent(Received received, long timestamp, WatermarkOutput output) {
            if (received instanceof Accepted accepted) {
                PacketBatch batch = accepted.batch();
                time.heard(
                        batch.getSensor(),
                        batch.getRun(),
                        batch.getNewest(),
                        batch.getSentAt() > 0,
                        batch.getEnding(),
                        accepted.appended());
            } else {
                time.came(received.appended());
            }
            looked = clock.relativeTimeMillis();
            tell(output);
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            long now = clock.relativeTimeMillis();
            time.nothingCame(now - looked);
            looked = now;
            tell(output);
        }

        private void tell(WatermarkOutput output) {
            if (time.isEmpty()) {
                idle = true;
                output.markIdle();
            } else if (idle) {
                idle = false;
                output.markActive();
            }
            if (time.complete() > told) {
                told = time.complete();
                output.emitWatermark(new Watermark(StreamTime.endOfSecond(told)));
            }
        }
    }
}
