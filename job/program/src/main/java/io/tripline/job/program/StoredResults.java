package io.tripline.job.program;

import io.tripline.job.elastic.ElasticAlertSink;
import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.elastic.ElasticTrafficSink;
import io.tripline.job.kafka.KafkaRejectedDocuments;
import io.tripline.job.kafka.KafkaResults;
import io.tripline.job.kafka.KafkaSettings;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.traffic.TrafficMinute;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;

/** The job's ends on Kafka and in Elasticsearch. */
final class StoredResults extends KafkaResults {
    private final ElasticSettings elastic;
    private final KafkaRejectedDocuments rejected;

    StoredResults(KafkaSettings kafka, ElasticSettings elastic) {
        super(kafka);
        this.elastic = elastic;
        this.rejected = new KafkaRejectedDocuments(kafka);
    }

    @Override
    public Map<String, Sink<Alert>> alertsToo() {
        return Map.of(ELASTIC_ALERTS, new ElasticAlertSink(elastic, rejected));
    }

    @Override
    public boolean countsTraffic() {
        return true;
    }

    @Override
    public Sink<TrafficMinute> trafficMinutes() {
        return new ElasticTrafficSink(elastic, rejected);
    }
}
