package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripline.job.stream.JobGraph;
import io.tripline.job.stream.Types;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.SampleAlerts;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds with every Elasticsearch that Tripline may be pointed to. Extend it where a real one runs, without
 * security; each test works in indices of its own.
 */
public abstract class ElasticSinkContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MONTH = "-2026.03";

    private final HttpClient http = HttpClient.newHttpClient();
    private Rejects rejects = Rejects.fresh();
    private ElasticSettings settings = ElasticSettings.of("http://127.0.0.1");

    /** Where the server is, such as {@code http://127.0.0.1:9200}. */
    protected abstract String address();

    @BeforeEach
    void separate() {
        rejects = Rejects.fresh(); // an instance may run all tests
        String name = UUID.randomUUID().toString();
        settings = new ElasticSettings(
                List.of(address()),
                null,
                null,
                null,
                null,
                "alerts-" + name,
                "traffic-" + name,
                Duration.ofMillis(100),
                500,
                4);
    }

    private void store(List<Alert> alerts) throws Exception {
        StreamExecutionEnvironment environment = environment();
        run(environment.fromData(Types.ALERT, alerts.toArray(Alert[]::new)), new ElasticAlertSink(settings, rejects));
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = JobGraph.configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    }

    private static <T> void run(org.apache.flink.streaming.api.datastream.DataStream<T> stream, Sink<T> sink)
            throws Exception {
        stream.sinkTo(sink).uid("sink");
        stream.getExecutionEnvironment().execute();
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        return ask("GET", path, "");
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode search(String alias, String query) throws IOException, InterruptedException {
        ask("POST", "/" + alias + "/_refresh", "");
        return ask("POST", "/" + alias + "/_search?size=100", "{\"query\":" + query + "}")
                .path("hits");
    }

    private long count(String query) throws IOException, InterruptedException {
        return search(settings.alertsPrefix(), query)
                .path("total")
                .path("value")
                .asLong();
    }

    @Test
    void shouldInstallTemplatesOnceAndFindThemAgain() throws Exception {
        String name = settings.alertsPrefix();

        assertThat(ElasticTemplates.install(settings))
                .containsExactly(
                        "index template " + name + ": installed, version 3",
                        "index template " + settings.trafficPrefix() + ": installed, version 1",
                        "index " + thisMonth(name) + ": created",
                        "index " + thisMonth(settings.trafficPrefix()) + ": created");
        assertThat(search(name, "{\"match_all\":{}}")
                        .path("total")
                        .path("value")
                        .asInt(-1))
                .as("a search before the first document")
                .isZero();
        assertThat(ElasticTemplates.install(settings))
                .containsExactly(
                        "index template " + name + ": is there, version 3",
                        "index template " + settings.trafficPrefix() + ": is there, version 1");
    }

    private static String thisMonth(String prefix) {
        return IndexMonth.of(prefix, System.currentTimeMillis() * 1_000);
    }

    @Test
    void shouldGiveIndicesThatAreThereTheFieldsTheyLack() throws Exception {
        String index = settings.alertsPrefix() + MONTH;
        ask("PUT", "/" + index, "{\"mappings\":{\"dynamic\":false}}");

        ElasticTemplates.install(settings);

        assertThat(ask("/" + index + "/_mapping")
                        .findPath("source")
                        .path("properties")
                        .path("ip")
                        .path("type")
                        .asText())
                .isEqualTo("ip");
    }

    @Test
    void shouldKeepOneDocumentOfEachIncidentTheLatestWhateverTheOrder() throws Exception {
        ElasticTemplates.install(settings);
        List<Alert> alerts = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            alerts.addAll(SampleAlerts.incident(number));
            alerts.addAll(SampleAlerts.incident(number));
        }
        Collections.shuffle(alerts, new Random(20_261_125));

        store(alerts);
        store(List.of(SampleAlerts.alert(7, Stage.OPENED, 1)));

        assertThat(count("{\"match_all\":{}}")).isEqualTo(50);
        assertThat(count("{\"term\":{\"event.action\":\"closed\"}}")).isEqualTo(50);
        Alert closed = SampleAlerts.alert(7, Stage.CLOSED, 331);
        JsonNode document = ask("/" + settings.alertsPrefix() + MONTH + "/_doc/" + closed.id());
        assertThat(document.path("_source")).isEqualTo(JSON.readTree(closed.json()));
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void shouldFindAlertsByNetworkTimeAndWord() throws Exception {
        ElasticTemplates.install(settings);
        store(List.of(
                SampleAlerts.alert(1, Stage.OPENED, 1),
                SampleAlerts.alert(2, Stage.CLOSED, 331),
                SampleAlerts.alert(300, Stage.UPDATED, 31)));

        assertThat(count("{\"term\":{\"source.ip\":\"10.0.0.0/24\"}}")).isEqualTo(2);
        assertThat(count("{\"term\":{\"related.ip\":\"10.0.1.44\"}}")).isEqualTo(1);
        assertThat(count("{\"bool\":{\"must_not\":{\"term\":{\"event.action\":\"closed\"}}}}"))
                .isEqualTo(2);
        assertThat(count("{\"range\":{\"@timestamp\":{\"gte\":\"2026-03-20T07:48:00Z\"}}}"))
                .isEqualTo(2);
        assertThat(count("{\"match\":{\"message\":\"ports\"}}")).isEqualTo(3);
        assertThat(count("{\"range\":{\"event.severity\":{\"gte\":21}}}")).isEqualTo(3);
    }

    @Test
    void shouldRejectWithTheServersReasonWhatItCannotTake() throws Exception {
        ElasticTemplates.install(settings);
        Alert good = SampleAlerts.alert(1, Stage.OPENED, 1);
        Alert bad = SampleAlerts.with(SampleAlerts.alert(2, Stage.OPENED, 1), "{\"source\":{\"ip\":\"nonsense\"}}");
        Alert none = SampleAlerts.with(SampleAlerts.alert(3, Stage.OPENED, 1), "{\"source\":");

        store(List.of(good, bad, none));

        assertThat(count("{\"match_all\":{}}")).isEqualTo(1);
        assertThat(rejects.all()).extracting(Rejects.Reject::id).containsExactlyInAnyOrder(bad.id(), none.id());
        assertThat(rejects.all())
                .allSatisfy(reject -> assertThat(reject.reason())
                        .startsWith("Elasticsearch: status 400, document_parsing_exception: "));
    }

    @Test
    void shouldNotWriteWithoutItsTemplateNorFailForIt() throws Exception {
        run(
                environment().fromData(Types.ALERT, SampleAlerts.incident(1).toArray(Alert[]::new)),
                new ElasticAlertSink(settings, rejects).withPatience(Duration.ofSeconds(1)));

        assertThat(ask("/_cat/indices/" + settings.alertsPrefix() + "*?format=json"))
                .isEmpty();
        assertThat(rejects.all()).isEmpty();
    }

    /**
     * A label, a note and a status, written with the interface that everybody has, outlive what the job says next and
     * can be searched.
     */
    @Test
    void shouldKeepWhatAnalystsWrote() throws Exception {
        ElasticTemplates.install(settings);
        store(List.of(SampleAlerts.alert(7, Stage.OPENED, 1), SampleAlerts.alert(8, Stage.OPENED, 1)));
        String id = SampleAlerts.alert(7, Stage.OPENED, 1).id();
        ask("POST", "/" + settings.alertsPrefix() + MONTH + "/_update/" + id, """
                {"doc": {"labels": {"ack": "yes"}, "tags": ["seen"], "analyst": {"name": "ada", "note": "our own scanner"},
                 "kibana.alert.workflow_status": "acknowledged", "event": {"reason": "overwritten"}}}""");

        store(List.of(
                SampleAlerts.alert(7, Stage.CLOSED, 331),
                SampleAlerts.alert(7, Stage.UPDATED, 31),
                SampleAlerts.alert(8, Stage.CLOSED, 331)));

        assertThat(count("{\"match_all\":{}}")).isEqualTo(2);
        assertThat(count("{\"term\":{\"event.action\":\"closed\"}}")).isEqualTo(2);
        for (String mine : List.of(
                "{\"term\":{\"labels.ack\":\"yes\"}}",
                "{\"term\":{\"tags\":\"seen\"}}",
                "{\"term\":{\"analyst.name\":\"ada\"}}",
                "{\"match\":{\"analyst.note\":\"scanner\"}}",
                "{\"term\":{\"kibana.alert.workflow_status\":\"acknowledged\"}}")) {
            assertThat(count(mine)).as(mine).isEqualTo(1);
        }
        JsonNode source =
                ask("/" + settings.alertsPrefix() + MONTH + "/_doc/" + id).path("_source");
        assertThat(source.path("event"))
                .isEqualTo(
                        JSON.readTree(SampleAlerts.alert(7, Stage.CLOSED, 331).json())
                                .path("event"));
    }

    /** From the topic of alerts, in whatever order and however often. */
    @Test
    void shouldFillInWhatIsMissing() throws Exception {
        ElasticTemplates.install(settings);
        store(List.of(SampleAlerts.alert(1, Stage.CLOSED, 331), SampleAlerts.alert(2, Stage.OPENED, 1)));
        for (int time = 0; time < 2; time++) {
            try (ElasticRefill refill = new ElasticRefill(settings, rejects.open())) {
                for (int number = 0; number < 40; number++) {
                    for (Alert alert : SampleAlerts.incident(number)) {
                        assertThat(refill.add(alert.json())).isTrue();
                    }
                }
                assertThat(refill.add("{}")).isFalse();
                assertThat(refill.add(SampleAlerts.alert(1, Stage.UPDATED, 31).json()))
                        .isTrue();
                refill.finish();
            }
        }

        assertThat(count("{\"term\":{\"event.action\":\"closed\"}}")).isEqualTo(40);
        assertThat(count("{\"match_all\":{}}")).isEqualTo(40);
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void shouldKeepOneDocumentOfEachMinuteThatCountsMost() throws Exception {
        ElasticTemplates.install(settings);
        List<TrafficMinute> minutes = new ArrayList<>();
        TrafficFold fold = new TrafficFold(second -> {}, minutes::add, event -> {});
        Traffic traffic = new Traffic();
        for (int i = 1; i <= 300; i++) {
            traffic.at(i * 0.5).syn("10.0.0." + (i % 7 + 1), "10.0.1.2", i).refused();
        }
        traffic.batches().forEach((PacketBatch batch) -> fold.add(batch));
        fold.flush();
        TrafficMinute less =
                new TrafficMinute(minutes.get(0).sensor(), minutes.get(0).minute());
        List<TrafficMinute> told = new ArrayList<>(minutes);
        told.add(less);

        run(
                environment().fromData(Types.TRAFFIC_MINUTE, told.toArray(TrafficMinute[]::new)),
                new ElasticTrafficSink(settings, rejects));

        assertThat(rejects.all()).isEmpty();
        JsonNode hits = search(settings.trafficPrefix(), "{\"match_all\":{}}").path("hits");
        assertThat(hits.findValues("network").stream()
                        .mapToLong(network -> network.path("packets").asLong())
                        .sum())
                .isEqualTo(600);
        assertThat(hits).hasSameSizeAs(minutes);
        assertThat(search(
                                settings.trafficPrefix(),
                                "{\"nested\":{\"path\":\"tripline.traffic.conversations\",\"query\":"
                                        + "{\"term\":{\"tripline.traffic.conversations.initiator\":\"10.0.0.0/30\"}}}}")
                        .path("hits"))
                .hasSameSizeAs(minutes);
    }
}
