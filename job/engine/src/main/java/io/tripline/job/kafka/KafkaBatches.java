package io.tripline.job.kafka;

import io.tripline.rules.sensor.ListedSensors;
import io.tripline.schemas.PacketBatch;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's beginning on Kafka: batches of the packets' topic, and beside them what could not be used. */
public final class KafkaBatches {
    /** Where a job begins that has no checkpoint. */
    public enum From {
        /** With the oldest record that the topic keeps. */
        EARLIEST,
        /** With the next. */
        LATEST
    }

    /**
     * How far the time of one partition may be ahead of the slowest before it is not read for a while: what it brings
     * would wait in the rules' state.
     */
    private static final Duration MOST_APART = Duration.ofSeconds(5);

    private static final Duration ALIGNED_EVERY = Duration.ofMillis(500);

    /** Milliseconds after which a partition that was added is read; sensors leave it alone for longer. */
    private static final String DISCOVERY = "5000";

    private KafkaBatches() {}

    /**
     * Reads batches.
     *
     * @param sensors which are believed, and by which keys
     * @param untilNow whether to end with the last record that is there at the start
     */
    public static SingleOutputStreamOperator<PacketBatch> read(
            StreamExecutionEnvironment environment,
            KafkaSettings kafka,
            ListedSensors sensors,
            From from,
            boolean untilNow) {
        SingleOutputStreamOperator<PacketBatch> batches = admit(
                environment, new PacketsTopic(source(kafka, sensors, from, untilNow)), new PartitionWatermarks(kafka));
        batches.getSideOutput(Admission.REJECTED)
                .sinkTo(KafkaResults.rejected(kafka))
                .name("rejected sink")
                .uid("rejected-sink");
        batches.getSideOutput(Admission.LATE)
                .sinkTo(KafkaResults.lateBatches(kafka))
                .name("sink of late batches")
                .uid("late-batches-sink");
        return batches;
    }

    static SingleOutputStreamOperator<PacketBatch> admit(
            StreamExecutionEnvironment environment, Source<Received, ?, ?> records, WatermarkStrategy<Received> time) {
        return environment
                .fromSource(
                        records,
                        time.withWatermarkAlignment("packets", MOST_APART, ALIGNED_EVERY),
                        "packet batches",
                        ReceivedCodecs.TYPE)
                .uid("packet-batches")
                .transform("admission", new AvroTypeInfo<>(PacketBatch.class), new Admission.Factory())
                .uid("admission");
    }

    private static KafkaSource<Received> source(
            KafkaSettings kafka, ListedSensors sensors, From from, boolean untilNow) {
        KafkaSourceBuilder<Received> source = KafkaSource.<Received>builder()
                .setTopics(kafka.topics().packets())
                .setGroupId(kafka.group())
                .setStartingOffsets(from == From.EARLIEST ? OffsetsInitializer.earliest() : OffsetsInitializer.latest())
                .setDeserializer(new BatchDeserializer(kafka, sensors))
                .setProperties(kafka.properties())
                .setProperty("partition.discovery.interval.ms", DISCOVERY)
                .setProperty("allow.auto.create.topics", "false");
        return (untilNow ? source.setBounded(OffsetsInitializer.latest()) : source).build();
    }
}
