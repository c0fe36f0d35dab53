package io.tripline.job.kafka;

import io.tripline.job.detect.ListedSensors;
import io.tripline.schemas.PacketBatch;
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
        SingleOutputStreamOperator<PacketBatch> batches = environment
                .fromSource(
                        source(kafka, sensors, from, untilNow),
                        new PartitionWatermarks(kafka),
                        "packet batches",
                        ReceivedCodec.TYPE)
                .uid("packet-batches")
                .process(new Admission(), new AvroTypeInfo<>(PacketBatch.class))
                .name("admission")
                .uid("admission");
        batches.getSideOutput(Admission.REJECTED)
                .sinkTo(KafkaResults.rejected(kafka))
                .name("rejected sink")
                .uid("rejected-sink");
        return batches;
    }

    private static KafkaSource<Received> source(
            KafkaSettings kafka, ListedSensors sensors, From from, boolean untilNow) {
        KafkaSourceBuilder<Received> source = KafkaSource.<Received>builder()
                .setTopics(kafka.topics().packets())
                .setGroupId(kafka.group())
                .setStartingOffsets(from == From.EARLIEST ? OffsetsInitializer.earliest() : OffsetsInitializer.latest())
                .setDeserializer(new BatchDeserializer(kafka, sensors))
                .setProperties(kafka.properties())
                .setProperty("partition.discovery.interval.ms", "60000")
                .setProperty("allow.auto.create.topics", "false");
        return (untilNow ? source.setBounded(OffsetsInitializer.latest()) : source).build();
    }
}
