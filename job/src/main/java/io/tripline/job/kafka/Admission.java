package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.job.stream.CodecTypeInfo;
import io.tripline.schemas.PacketBatch;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Lets batches pass, and puts what was rejected aside, counted by reason. */
final class Admission extends ProcessFunction<Received, PacketBatch> {
    static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("rejected", new CodecTypeInfo<>(ReceivedCodec.RejectedCodec.INSTANCE));

    private static final long serialVersionUID = 1;

    private transient Map<String, Counter> rejected = Map.of();

    @Override
    public void open(OpenContext context) {
        rejected = new HashMap<>();
    }

    @Override
    public void processElement(Received received, Context context, Collector<PacketBatch> batches) {
        if (received instanceof Accepted accepted) {
            batches.collect(accepted.batch());
        } else if (received instanceof Rejected wrong) {
            rejected.computeIfAbsent(
                            wrong.reason(),
                            reason -> getRuntimeContext()
                                    .getMetricGroup()
                                    .addGroup("reason", reason)
                                    .counter("rejected"))
                    .inc();
            context.output(REJECTED, wrong);
        }
    }
}
