package io.tripline.job.kafka;

import io.tripline.rules.alert.Alert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as records: all that is told of one incident has one key, and headers say enough to pass over what one does
 * not want.
 */
final class AlertRecords implements KafkaRecordSerializationSchema<Alert> {
    private static final long serialVersionUID = 1;

    private final String topic;

    /**
     * Records for a topic.
     *
     * @param topic empty for none: then there are no records, but the sink is there, so that a savepoint with it can be
     *     gone on from
     */
    AlertRecords(String topic) {
        this.topic = topic;
    }

    @Override
    public @Nullable ProducerRecord<byte[], byte[]> serialize(Alert alert, KafkaSinkContext context, Long timestamp) {
        if (topic.isEmpty()) {
            return null;
        }
        List<Header> headers = List.of(
                header("rule", alert.rule()),
                header("severity", lower(alert.severity())),
                header("action", lower(alert.stage())));
        return new ProducerRecord<>(topic, null, bytes(alert.id()), bytes(alert.json()), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
