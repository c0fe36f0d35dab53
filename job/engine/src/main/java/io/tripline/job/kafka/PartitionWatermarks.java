package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Assigned;
import io.tripline.job.stream.StreamTime;
import io.tripline.schemas.PacketBatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;
import org.jspecify.annotations.Nullable;

/**
 * Hosts a {@link PartitionTime} for each partition. Records are stamped with the broker's time; event time is in the
 * watermarks.
 */
final class PartitionWatermarks implements WatermarkStrategy<Received> {
    private static final long serialVersionUID = 1;

    /** Milliseconds without a record after which the broker is asked whether there is none. */
    private static final long SUSPICIOUS = 1_000;

    /** Milliseconds after which nobody waits for a task that was given no partition. */
    private static final long NO_PARTITION = 10_000;

    private static final Watermark NO_TIME = new Watermark(Long.MIN_VALUE + 1);

    private final KafkaSettings kafka;
    private transient @Nullable TimeMetrics metrics;
    private transient @Nullable BrokerProbe probe;
    /** Whether this task has partitions. */
    private transient AtomicBoolean reads = new AtomicBoolean();

    PartitionWatermarks(KafkaSettings kafka) {
        this.kafka = kafka;
    }

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
            reads = new AtomicBoolean();
        } else {
            // The first is for what comes from no partition; further ones are made as partitions are assigned.
            reads.set(true);
        }
        BrokerProbe broker = probe;
        if (broker == null) {
            broker = new BrokerProbe(new TopicOffsets(kafka));
            probe = broker;
        }
        PartitionTime time = new PartitionTime(kafka.holdBack().toMillis());
        shared.add(time);
        return new Generator(time, broker, shared, reads, context.getInputActivityClock());
    }

    private static final class Generator implements WatermarkGenerator<Received> {
        private final PartitionTime time;
        private final BrokerProbe broker;
        private final TimeMetrics metrics;
        private final AtomicBoolean reads;
        /** Stands still while this task is held up by others. */
        private final RelativeClock clock;

        /** Negative until the partition is known: Flink makes a generator too for what comes from none. */
        private int partition = -1;

        private long position = -1;
        private long looked;
        private long told = PartitionTime.NONE;
        private boolean idle;

        Generator(
                PartitionTime time, BrokerProbe broker, TimeMetrics metrics, AtomicBoolean reads, RelativeClock clock) {
            this.time = time;
            this.broker = broker;
            this.metrics = metrics;
            this.reads = reads;
            this.clock = clock;
            this.looked = clock.relativeTimeMillis();
        }

        @Override
        public void onEvent(Received received, long timestamp, WatermarkOutput output) {
            partition = received.partition();
            if (received instanceof Assigned assigned) {
                position = assigned.offset();
                return;
            }
            position = received.offset() + 1;
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
            if (partition >= 0 && time.quiet() >= SUSPICIOUS) {
                switch (broker.of(partition, position)) {
                    case AWAY, MORE -> time.couldNotListen();
                    case READ -> time.everythingIsRead();
                    case NONE -> {
                        // It is being asked.
                    }
                }
            }
            metrics.name(time.behind().keySet());
            tell(output);
        }

        private void tell(WatermarkOutput output) {
            boolean hasNone = partition < 0 && !reads.get() && time.quiet() >= NO_PARTITION;
            if (hasNone || time.isEmpty()) {
                idle = true;
                output.markIdle();
            } else if (idle && partition >= 0) {
                idle = false;
                output.markActive();
                if (told == PartitionTime.NONE) {
                    // Flink tells others that a source is active only with a watermark.
                    output.emitWatermark(NO_TIME);
                }
            }
            if (time.complete() > told) {
                told = time.complete();
                output.emitWatermark(new Watermark(StreamTime.endOfSecond(told)));
            }
        }
    }
}
