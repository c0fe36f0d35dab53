package io.tripline.job.stream;

import io.tripline.rules.engine.SecondClock;
import io.tripline.schemas.PacketBatch;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the job: the sensors' stream time, in whole seconds, which are complete as {@link SecondClock} says.
 */
public final class StreamTime {
    private static final long SECOND_MILLISECONDS = 1_000;

    private StreamTime() {}

    /** The event time stamp of a second's last millisecond. */
    public static long endOfSecond(long second) {
        return second * SECOND_MILLISECONDS + SECOND_MILLISECONDS - 1;
    }

    /** The second in which a time stamp lies. */
    static long secondOf(long timestamp) {
        return Math.floorDiv(timestamp, SECOND_MILLISECONDS);
    }

    /**
     * The last second that ends with a time stamp or before; {@link Long#MIN_VALUE} where none does, as before the
     * first watermark.
     */
    static long lastCompleteSecond(long timestamp) {
        boolean any = timestamp >= Long.MIN_VALUE + SECOND_MILLISECONDS;
        return any ? secondOf(timestamp - SECOND_MILLISECONDS + 1) : Long.MIN_VALUE;
    }

    /** Time stamps and watermarks of a stream of batches. */
    public static WatermarkStrategy<PacketBatch> ofBatches() {
        return WatermarkStrategy.<PacketBatch>forGenerator(context -> new BySecond())
                .withTimestampAssigner((batch, previous) -> Math.floorDiv(batch.getTime(), 1_000L));
    }

    /** One watermark for each second that is complete, as soon as it is. */
    private static final class BySecond implements WatermarkGenerator<PacketBatch> {
        private final SecondClock clock = new SecondClock();

        @Override
        public void onEvent(PacketBatch batch, long timestamp, WatermarkOutput output) {
            if (clock.advance(batch.getNewest())) {
                output.emitWatermark(new Watermark(endOfSecond(clock.complete())));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Each batch tells all there is to know.
        }
    }
}
