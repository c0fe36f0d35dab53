package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tripline.job.elastic.FakeElastic.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.MetricsGroupTestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server answers, each document ends up stored, superseded or rejected, or waits: the job never fails for
 * its sake.
 */
class DeliveryTest {
    private static final Duration FLUSH = Duration.ofMillis(11);

    private final MetricListener told = new MetricListener();
    private final SinkWriterMetricGroup metrics = MetricsGroupTestUtils.mockWriterMetricGroup(told.getMetricGroup());
    private final Rejects rejects = Rejects.fresh();
    private final TestTurn turn = new TestTurn();
    private FakeElastic server;
    private @Nullable ElasticConnection connection;

    @BeforeEach
    void start() throws IOException {
        server = new FakeElastic();
    }

    @AfterEach
    void stop() throws IOException {
        if (connection != null) {
            connection.close();
        }
        server.close();
    }

    private Delivery delivery(ElasticSettings settings) {
        ElasticConnection opened = new ElasticConnection(settings);
        connection = opened;
        return new Delivery(
                settings,
                "tripline-alerts",
                new WholeDocuments(),
                opened,
                opened::renew,
                rejects.open(),
                turn,
                new DeliveryCounts(metrics));
    }

    private Delivery delivery() {
        return delivery(settings());
    }

    /** Sends at once, so that the rests of a turn are those after a refusal. */
    private ElasticSettings settings() {
        return with(500, null, null);
    }

    private ElasticSettings with(int batch, @Nullable Path key, @Nullable Path ca) {
        ElasticSettings plain = ElasticSettings.of(server.address());
        return new ElasticSettings(
                ca == null ? plain.hosts() : List.of(server.address().replace("http:", "https:")),
                key == null ? null : key.toString(),
                null,
                null,
                ca == null ? null : ca.toString(),
                plain.alertsPrefix(),
                plain.trafficPrefix(),
                FLUSH,
                batch,
                plain.maxInFlight());
    }

    private static ElasticDocument document(String id, long version) {
        return new ElasticDocument("tripline-alerts-2026.11", id, version, false, "{\"v\":" + version + "}");
    }

    private static List<ElasticDocument> documents(int count) {
        return IntStream.range(0, count).mapToObj(i -> document("d" + i, 1)).toList();
    }

    private void deliver(Delivery delivery, List<ElasticDocument> documents) throws IOException, InterruptedException {
        documents.forEach(delivery::add);
        turn.until(() -> delivery.size() == 0);
    }

    /** Rests after a refusal. */
    private List<Duration> rests() {
        return turn.rests().stream().filter(rest -> !rest.equals(FLUSH)).toList();
    }

    @Test
    void shouldKeepTheNewestOfEachIdInWhateverOrderTheyCome() throws Exception {
        Delivery delivery = delivery();

        deliver(delivery, List.of(document("a", 8), document("b", 4)));
        deliver(delivery, List.of(document("a", 5), document("b", 6), document("b", 6)));

        assertThat(server.stored())
                .extractingByKeys("a", "b")
                .extracting(FakeElastic.Stored::version)
                .containsExactly(8L, 6L);
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void shouldGoOnAfterTheServerWasAwayAndRestLongerEachTime() throws Exception {
        Delivery delivery = delivery();
        deliver(delivery, documents(1));
        server.goAway();
        documents(50).forEach(delivery::add);
        turn.until(() -> rests().size() >= 8);
        assertThat(delivery.unconfirmed()).hasSize(50);

        server.comeBack();
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).hasSize(50);
        assertThat(rests())
                .startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400))
                .contains(Duration.ofSeconds(5))
                .allSatisfy(rest -> assertThat(rest).isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void shouldTryAgainWhenTheServerIsBusyOrCutsTheConnection() throws Exception {
        server.refuse(2, Refusal.of(503, "cluster_block_exception", "no master"));
        server.refuse(2, Refusal.of(429, "es_rejected_execution_exception", "queue full"));
        server.refuse(2, new Refusal(0, ""));
        server.refuse(2, Refusal.of(500, "error", "anything"));

        deliver(delivery(), documents(20));

        assertThat(server.stored()).hasSize(20);
        assertThat(rests()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void shouldSendOnlyThoseAgainThatTheServerCouldNotTake() throws Exception {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        server.itemStatus(id -> id.equals("d3") && tries.merge(id, 1, Integer::sum) <= 2 ? 429 : 0);

        deliver(delivery(), documents(10));

        assertThat(server.stored()).hasSize(10);
        assertThat(server.requests()).containsExactly(10, 1, 1);
    }

    @Test
    void shouldRejectWithTheReasonWhatTheServerWillNeverTake() throws Exception {
        server.itemStatus(id -> id.equals("d1") ? 400 : 0);

        deliver(delivery(), documents(3));

        assertThat(server.stored()).containsOnlyKeys("d0", "d2");
        assertThat(rejects.all())
                .containsExactly(new Rejects.Reject(
                        "d1", "Elasticsearch: status 400, document_parsing_exception: as it was told", "{\"v\":1}"));
    }

    @Test
    void shouldGiveUpOnADocumentThatBreaksTheServerEachTime() throws Exception {
        server.itemStatus(id -> id.equals("d1") ? 500 : 0);

        deliver(delivery(), documents(3));

        assertThat(server.stored()).containsOnlyKeys("d0", "d2");
        assertThat(rejects.all()).extracting(Rejects.Reject::id).containsExactly("d1");
    }

    @Test
    void shouldSendSmallerRequestsWhereOneIsTooLarge() throws Exception {
        server.refuse(3, new Refusal(413, ""));

        deliver(delivery(), documents(16));

        assertThat(server.stored()).hasSize(16);
        assertThat(rejects.all()).isEmpty();
        assertThat(server.requests()).first().matches(documents -> documents <= 4);
    }

    @Test
    void shouldRejectADocumentThatIsTooLargeByItself() throws Exception {
        server.refuse(1, new Refusal(413, ""));

        deliver(delivery(), documents(1));

        assertThat(rejects.all()).extracting(Rejects.Reject::reason).containsExactly("Elasticsearch: status 413");
    }

    /** What somebody has to repair, and what is told of it. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(Refusal.of(401, "security_exception", "unable to authenticate"), 2),
                arguments(Refusal.of(403, "security_exception", "action is unauthorized"), 2),
                arguments(Refusal.of(404, "index_not_found_exception", "no such index"), 2),
                arguments(new Refusal(302, "<html>"), 2),
                arguments(Refusal.of(429, "circuit_breaking_exception", "full"), 1),
                arguments(Refusal.of(503, "cluster_block_exception", "no master"), 1));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void shouldWaitWhateverTheServerRefusesAndStoreTheSameAfterwards(Refusal refusal, int state) throws Exception {
        server.refuse(20, refusal);
        Delivery delivery = delivery();

        documents(30).forEach(delivery::add);
        turn.until(() -> rests().size() >= 10);
        assertThat(delivery.unconfirmed()).hasSize(30);
        assertThat(gauge("elasticsearchState")).isEqualTo(state);
        assertThat(gauge("documentsWaiting")).isEqualTo(30);
        assertThat(told.getCounter("status", String.valueOf(refusal.status()), "requestsRefused"))
                .hasValueSatisfying(count -> assertThat(count.getCount()).isGreaterThanOrEqualTo(10));
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).hasSize(30);
        assertThat(rejects.all()).isEmpty();
        assertThat(gauge("elasticsearchState")).isEqualTo(0);
        assertThat(gauge("documentsWaiting")).isEqualTo(0);
    }

    private int gauge(String name) {
        return (Integer) told.getGauge(name).orElseThrow().getValue();
    }

    /** An index that somebody made read-only, or whose disk is full, for as long as that lasts. */
    @Test
    void shouldWaitForAnIndexThatTakesNothingWithoutHoldingUpOthers() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        server.itemStatus(id -> full.get() && id.startsWith("d") ? 403 : 0);
        Delivery delivery = delivery(with(10, null, null));

        documents(100).forEach(delivery::add);
        IntStream.range(0, 30).forEach(i -> delivery.add(document("other" + i, 1)));
        turn.until(() -> delivery.size() == 100);
        assertThat(server.stored()).hasSize(30);
        assertThat(gauge("elasticsearchState")).as("until all is well").isEqualTo(DeliveryCounts.REFUSES);
        full.set(false);
        turn.until(() -> delivery.size() == 0);
        assertThat(gauge("elasticsearchState")).isEqualTo(DeliveryCounts.TAKES);

        assertThat(server.stored()).hasSize(130);
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void shouldWaitForItsTemplateAndMakeNoIndexBefore() throws Exception {
        server.withTemplate(false);
        Delivery delivery = delivery();

        documents(5).forEach(delivery::add);
        turn.until(() -> rests().size() >= 5);
        assertThat(server.requests()).isEmpty();
        assertThat(gauge("elasticsearchState")).isEqualTo(DeliveryCounts.REFUSES);
        server.withTemplate(true);
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).hasSize(5);
    }

    /** A new month needs the template again, which somebody may have removed meanwhile. */
    @Test
    void shouldAskForTheTemplateBeforeEachNewIndex() throws Exception {
        Delivery delivery = delivery();
        deliver(delivery, documents(1));
        server.withTemplate(false);

        delivery.add(new ElasticDocument("tripline-alerts-2026.12", "next", 1, false, "{}"));
        delivery.add(document("d1", 1));
        turn.until(() -> rests().size() >= 3);
        assertThat(server.stored()).doesNotContainKey("next");
        server.withTemplate(true);
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).containsOnlyKeys("d0", "d1", "next");
    }

    @Test
    void shouldReadAChangedKeyWhenTheOldOneIsRefused(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "old-secret\n");
        server.authorize("ApiKey new-secret"::equals);
        Delivery delivery = delivery(with(500, key, null));
        documents(2).forEach(delivery::add);
        turn.until(() -> rests().size() >= 3);

        Files.writeString(key, "new-secret\n");
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).hasSize(2);
        assertThat(server.authorizations()).startsWith("ApiKey old-secret").endsWith("ApiKey new-secret");
    }

    /** Nothing that worked yesterday keeps a job from starting. */
    @Test
    void shouldWaitForAFileThatIsNotThere(@TempDir Path folder) throws Exception {
        Path key = folder.resolve("key");
        Delivery delivery = delivery(with(500, key, null));
        documents(2).forEach(delivery::add);
        turn.until(() -> rests().size() >= 3);

        Files.writeString(key, "secret\n");
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).hasSize(2);
    }

    @Test
    void shouldNeverTellTheSecret(@TempDir Path folder) throws Exception {
        server.authorize("ApiKey other"::equals);
        ElasticSettings settings = with(500, Files.writeString(folder.resolve("key"), "old-secret"), null);
        List<String> reasons = new ArrayList<>();
        Placement telling = (documents, requests) -> new WholeDocuments()
                .place(documents, requests)
                .thenApply(outcome -> {
                    reasons.add(((Verdict.Again) BulkAnswer.whole(Objects.requireNonNull(outcome.refusal()))).reason());
                    return outcome;
                });
        try (ElasticConnection opened = new ElasticConnection(settings)) {
            telling.place(documents(1), opened).get();
        }

        assertThat(reasons)
                .containsExactly(
                        "authentication failed (status 401, security_exception: unable to authenticate):"
                                + " check elasticsearch.api-key-file, or username and password-file, whose files are read again each time");
    }

    @Test
    void shouldKeepOnlyTheNewestOfEachIdWhileTheServerIsAway() throws Exception {
        Delivery delivery = delivery();
        server.goAway();
        for (int version = 1; version <= 100; version++) {
            delivery.add(document("a", version));
            delivery.add(document("b", 101 - version));
        }
        turn.until(() -> rests().size() >= 3);

        assertThat(delivery.unconfirmed()).containsExactly(document("a", 100), document("b", 100));
        server.comeBack();
        turn.until(() -> delivery.size() == 0);
        assertThat(server.stored())
                .extractingByKeys("a", "b")
                .extracting(FakeElastic.Stored::version)
                .containsOnly(100L);
    }

    /** Each of many documents ends in exactly one place, whatever mixture of faults the server shows. */
    @Test
    void shouldLoseNothingAndTellNothingTwiceWhateverGoesWrong() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<String> poison = new HashSet<>();
        List<ElasticDocument> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(document("d" + random.nextInt(1_000), random.nextInt(4)));
        }
        all.stream().filter(document -> random.nextInt(20) == 0).forEach(document -> poison.add(document.id()));
        Random faults = new Random(seed);
        server.itemStatus(id -> {
            if (poison.contains(id)) {
                return 400;
            }
            synchronized (faults) {
                return faults.nextInt(10) == 0 ? 429 : 0;
            }
        });
        int[] statuses = {0, 429, 503, 401, 500};
        for (int i = 0; i < 40; i++) {
            server.refuse(1, new Refusal(statuses[random.nextInt(statuses.length)], "{}"));
        }

        deliver(delivery(), all);

        Map<String, FakeElastic.Stored> stored = server.stored();
        for (ElasticDocument document : all) {
            String id = document.id();
            assertThat(stored.containsKey(id)).as("seed %s, %s", seed, id).isNotEqualTo(poison.contains(id));
            FakeElastic.Stored latest = stored.get(id);
            if (latest != null) {
                assertThat(latest.version()).as("seed %s, %s", seed, id).isGreaterThanOrEqualTo(document.version());
            }
        }
        assertThat(rejects.all())
                .as("seed %s", seed)
                .extracting(Rejects.Reject::id)
                .containsOnlyOnceElementsOf(poison);
    }
}
