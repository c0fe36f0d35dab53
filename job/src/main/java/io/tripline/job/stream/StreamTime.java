package io.tripline.job.stream;

import io.tripline.schemas.PacketBatch;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of the job: the sensors' stream time, in whole seconds. A second is complete when every source has gone on for
 * {@link #DISORDER_SECONDS} more, which is how far a sensor lets a packet lag behind the newest.
 */
public final class StreamTime {
    private static final long SECOND_MICROSECONDS = 1_000_000;
    private static final long SECOND_MILLISECONDS = 1_000;
    private static final int DISORDER_SECONDS = 1;

    private StreamTime() {}

    /** The event time stamp of a second's last millisecond. */
    public static long endOfSecond(long second) {
        return second * SECOND_MILLISECONDS + SECOND_MILLISECONDS - 1;
    }

    /** The second in which a time stamp lies. */
    static long secondOf(long timestamp) {
        return Math.floorDiv(timestamp, SECOND_MILLISECONDS);
    }

    /** Time stamps and watermarks of a stream of batches. */
    public static WatermarkStrategy<PacketBatch> ofBatches() {
        return WatermarkStrategy.<PacketBatch>forGenerator(context -> new BySecond())
                .withTimestampAssigner((batch, previous) -> Math.floorDiv(batch.getTime(), 1_000L));
    }

    /** One watermark for each second that is complete, as soon as it is. */
    private static final class BySecond implements WatermarkGenerator<PacketBatch> {
        private long complete = Long.MIN_VALUE;

        @Override
        public void onEvent(PacketBatch batch, long timestamp, WatermarkOutput output) {
            long second = Math.floorDiv(batch.getNewest(), SECOND_MICROSECONDS) - DISORDER_SECONDS - 1;
            if (second > complete) {
                complete = second;
                output.emitWatermark(new Watermark(endOfSecond(second)));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Each batch tells all there is to know.
        }
    }
}
