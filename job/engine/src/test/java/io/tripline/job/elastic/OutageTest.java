package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.elastic.FakeElastic.Refusal;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.SampleAlerts;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.alert.AlertJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.MetricsGroupTestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half an hour without Elasticsearch, in time that passes as fast as it can. */
class OutageTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** New incidents a second. */
    private static final int RATE = 10;

    /** Characters of an alert, as the mean of the corpus. */
    private static final int SIZE = 3_200;

    private final Rejects rejects = Rejects.fresh();
    private final TestTurn turn = new TestTurn();
    private final MetricListener told = new MetricListener();
    private FakeElastic server;
    private Delivery delivery;

    @BeforeEach
    void start() throws IOException {
        server = new FakeElastic();
        delivery = delivery();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Delivery delivery() {
        return new Delivery(
                ElasticSettings.of(server.address()),
                "tripline-alerts",
                new AnnotatedAlerts(),
                server.direct(),
                () -> {},
                rejects.open(),
                turn,
                new DeliveryCounts(MetricsGroupTestUtils.mockWriterMetricGroup(told.getMetricGroup())));
    }

    private static ElasticDocument document(int incident, Stage stage, int second) {
        return ElasticAlertSink.document(SampleAlerts.alert(incident, stage, second), "tripline-alerts");
    }

    /** Documents with another id, index and version, as small as they can be: making alerts is not what is tested. */
    private static ElasticDocument small(int incident, Stage stage, int second) {
        String json =
                "{\"@timestamp\":\"2026-11-30T10:%02d:%02d.000000Z\",\"event\":{\"action\":\"%s\"},\"message\":\"%s\"}"
                        .formatted(second / 60, second % 60, stage.name().toLowerCase(Locale.ROOT), "-".repeat(SIZE));
        try {
            return new ElasticDocument(
                    "tripline-alerts-2026.11",
                    "%032x".formatted(incident),
                    AlertVersion.of(AlertJson.read(json)),
                    stage == Stage.CLOSED,
                    json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is said in half an hour, in which ten incidents begin each second. Returns the newest of each. */
    private Map<String, ElasticDocument> halfAnHour() throws IOException {
        Map<String, ElasticDocument> newest = new HashMap<>();
        for (int second = 0; second < 1_800; second++) {
            List<ElasticDocument> now = new ArrayList<>();
            for (int i = 0; i < RATE; i++) {
                now.add(small(second * RATE + i, Stage.OPENED, second));
                if (second >= 30) {
                    now.add(small((second - 30) * RATE + i, Stage.UPDATED, second));
                }
                if (second >= 330) {
                    now.add(small((second - 330) * RATE + i, Stage.CLOSED, second));
                }
            }
            for (ElasticDocument document : now) {
                delivery.add(document);
                newest.put(document.id(), document);
            }
            turn.pass(Duration.ofSeconds(1));
        }
        return newest;
    }

    private void assertStored(Map<String, ElasticDocument> newest) {
        Map<String, FakeElastic.Stored> stored = server.stored();
        assertThat(stored).hasSameSizeAs(newest);
        newest.forEach((id, document) -> assertThat(server.json(id)).isEqualTo(document.json()));
        assertThat(rejects.all()).isEmpty();
        assertThat(counter("documentsDropped")).isZero();
    }

    private long counter(String... name) {
        return told.getCounter(name).orElseThrow().getCount();
    }

    private long gauge(String name) {
        return ((Number) told.getGauge(name).orElseThrow().getValue()).longValue();
    }

    @Test
    void shouldHoldHalfAnHourOfTenNewIncidentsASecondAndCatchUpWithinAMinute() throws Exception {
        server.goAway();
        Map<String, ElasticDocument> newest = halfAnHour();
        assertThat(newest).hasSize(18_000);
        assertThat(gauge("documentsWaiting")).isEqualTo(18_000);
        assertThat(gauge("bytesWaiting")).isBetween(18_000L * SIZE, Delivery.MOST_BYTES_WAITING);
        assertThat(gauge("oldestWaitingSeconds")).isBetween(1_795L, 1_805L);
        assertThat(gauge("elasticsearchState")).isEqualTo(DeliveryCounts.AWAY);

        server.comeBack();
        turn.pass(MINUTE);

        assertStored(newest);
        assertThat(gauge("documentsWaiting")).isZero();
        assertThat(gauge("elasticsearchState")).isEqualTo(DeliveryCounts.TAKES);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 503})
    void shouldHoldHalfAnHourOfRefusals(int status) throws Exception {
        server.refuse(Integer.MAX_VALUE, Refusal.of(status, "error", "for half an hour"));
        Map<String, ElasticDocument> newest = halfAnHour();
        assertThat(gauge("documentsWaiting")).isEqualTo(18_000);

        server.refuse(0, Refusal.of(status, "error", "no more"));
        turn.pass(MINUTE);

        assertStored(newest);
    }

    /** A log-in that fails each time may be locked. */
    @Test
    void shouldAskARefusingServerNoMoreThanTwiceAMinuteInTheEnd() throws Exception {
        server.authorize(header -> false);
        delivery.add(document(1, Stage.OPENED, 1));
        turn.pass(Duration.ofMinutes(10));
        long before = counter("status", "401", "requestsRefused");

        turn.pass(Duration.ofMinutes(10));

        assertThat(counter("status", "401", "requestsRefused") - before).isBetween(19L, 21L);
    }

    /** Beyond the bound those go that are closed, since the others are told again; those are told of as given up. */
    @Test
    void shouldGiveUpTheOldestThatAreClosedFirst() throws Exception {
        server.goAway();
        delivery.add(small(0, Stage.OPENED, 0));
        turn.pass(Duration.ofSeconds(10));
        IntStream.range(1, 101).forEach(i -> delivery.add(small(i, Stage.CLOSED, 1)));
        IntStream.range(101, Delivery.MOST_WAITING + 50).forEach(i -> delivery.add(small(i, Stage.UPDATED, 2)));
        turn.pass(MINUTE);

        assertThat(gauge("bytesWaiting")).isLessThanOrEqualTo(Delivery.MOST_BYTES_WAITING);
        long given = counter("documentsDropped");
        assertThat(gauge("documentsWaiting")).isEqualTo(Delivery.MOST_WAITING + 50 - given);
        server.comeBack();
        turn.pass(MINUTE);
        assertThat(server.stored()).hasSize((int) (Delivery.MOST_WAITING + 50 - given));
        assertThat(server.stored())
                .doesNotContainKey("%032x".formatted(1))
                .containsKey("%032x".formatted(Delivery.MOST_WAITING + 49));
    }

    @Test
    void shouldStoreRealAlertsAsTheyAreAfterAnOutage() throws Exception {
        server.goAway();
        List<Alert> alerts = IntStream.range(0, 50)
                .mapToObj(SampleAlerts::incident)
                .flatMap(List::stream)
                .toList();
        alerts.forEach(alert -> delivery.add(ElasticAlertSink.document(alert, "tripline-alerts")));
        turn.pass(Duration.ofMinutes(30));
        server.comeBack();
        turn.pass(MINUTE);

        assertThat(server.stored()).hasSize(50);
        for (Alert alert : alerts) {
            if (alert.stage() == Stage.CLOSED) {
                assertThat(server.json(alert.id())).isEqualTo(alert.json());
            }
        }
    }
}
