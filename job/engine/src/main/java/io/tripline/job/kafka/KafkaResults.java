package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Rejected;
import io.tripline.job.stream.JobGraph;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Late;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job's ends on Kafka. */
public class KafkaResults implements JobGraph.Results {
    /** Uid of the sink of alerts besides Kafka. */
    protected static final String ELASTIC_ALERTS = "elasticsearch-alert-sink";

    private final KafkaSettings kafka;

    public KafkaResults(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public Sink<Alert> alerts() {
        Properties properties = producer(kafka);
        properties.setProperty(
                "transaction.timeout.ms",
                Long.toString(kafka.transactionTimeout().toMillis()));
        return KafkaSink.<Alert>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(String.join(",", kafka.brokers()))
                .setDeliveryGuarantee(kafka.delivery().guarantee())
                .setTransactionalIdPrefix(kafka.transactionPrefix())
                .setRecordSerializer(new AlertRecords(kafka.topics().alerts()))
                .build();
    }

    /**
     * The sink that is not set is there and does nothing: what a savepoint holds must have its place, whatever the
     * settings switch off.
     */
    @Override
    public Map<String, Sink<Alert>> alertsToo() {
        return Map.of(ELASTIC_ALERTS, new DiscardingSink<>());
    }

    @Override
    public Sink<Alert> suppressed() {
        return atLeastOnce(kafka, new AlertRecords(kafka.topics().suppressed()));
    }

    @Override
    public Sink<IndicatorEvent> indicatorEvents() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<TrafficMinute> trafficMinutes() {
        return new DiscardingSink<>();
    }

    /** A document of a minute replaces the one before, so it must hold all of it. */
    @Override
    public boolean wholeMinutes() {
        return true;
    }

    @Override
    public boolean countsTraffic() {
        return false;
    }

    @Override
    public Sink<Late> late() {
        return atLeastOnce(kafka, new ValueRecords<>(kafka.topics().late(), JsonRecord::of));
    }

    static Sink<Rejected> rejected(KafkaSettings kafka) {
        return atLeastOnce(kafka, new ValueRecords<>(kafka.topics().rejected(), JsonRecord::of));
    }

    static Sink<LateBatches> lateBatches(KafkaSettings kafka) {
        return atLeastOnce(kafka, new ValueRecords<>(kafka.topics().late(), JsonRecord::of));
    }

    private static <T> Sink<T> atLeastOnce(KafkaSettings kafka, KafkaRecordSerializationSchema<T> records) {
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(producer(kafka))
                .setBootstrapServers(String.join(",", kafka.brokers()))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(records)
                .build();
    }

    static Properties producer(KafkaSettings kafka) {
        Properties properties = new Properties();
        properties.setProperty("compression.type", "lz4");
        properties.putAll(kafka.properties());
        return properties;
    }
}
