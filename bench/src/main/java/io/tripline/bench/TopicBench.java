package io.tripline.bench;

import io.tripline.schemas.BatchEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A Flink job that reads a topic of batches to its present end and does nothing, or decodes each batch and does
 * nothing: how much of the real job's time is Kafka's, Flink's and the encoding's.
 */
public final class TopicBench {
    private TopicBench() {}

    /**
     * Reads a topic once.
     *
     * @param arguments {@code discard} or {@code decode}, {@code host:port}, topic, parallelism
     * @throws Exception when the job fails
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(Integer.parseInt(arguments[3]), configuration);
        KafkaSource<Long> source = KafkaSource.<Long>builder()
                .setBootstrapServers(arguments[1])
                .setTopics(arguments[2])
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new Packets(arguments[0].equals("decode")))
                .build();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "topic")
                .sinkTo(new DiscardingSink<>());
        environment.execute("topic");
    }

    /** The number of packets of a batch, or the bytes of its record where it is not decoded. */
    private static final class Packets implements KafkaRecordDeserializationSchema<Long> {
        private static final long serialVersionUID = 1;

        private final boolean decodes;

        Packets(boolean decodes) {
            this.decodes = decodes;
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Long> out) throws IOException {
            byte[] bytes = message.value();
            out.collect(decodes ? BatchEncoding.decode(ByteBuffer.wrap(bytes)).getPackets() : (long) bytes.length);
        }

        @Override
        public TypeInformation<Long> getProducedType() {
            return Types.LONG;
        }
    }
}
