package io.tripline.job.kafka;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Elements as values of records without a key. */
final class ValueRecords<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1;

    /** Makes a value. */
    interface Values<T> extends Function<T, byte[]>, Serializable {}

    private final String topic;
    private final Values<T> values;

    ValueRecords(String topic, Values<T> values) {
        this.topic = topic;
        this.values = values;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, values.apply(element));
    }
}
