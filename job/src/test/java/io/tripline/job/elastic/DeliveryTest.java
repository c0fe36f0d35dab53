package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.elastic.FakeElastic.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server answers, each document ends up stored, superseded or rejected, or the job fails with one line that says why. */
class DeliveryTest {
    private final Rejects rejects = Rejects.fresh();
    private final TestTurn turn = new TestTurn();
    private FakeElastic server;
    private ElasticClient client;

    @BeforeEach
    void start() throws IOException {
        server = new FakeElastic();
    }

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private Delivery delivery(ElasticSettings settings) throws IOException {
        client = ElasticClient.open(settings);
        DeliveryCounts counts = new DeliveryCounts(
                InternalSinkWriterMetricGroup.wrap(UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup()));
        return new Delivery(settings, "tripline-alerts", client, rejects.open(), turn, counts);
    }

    private Delivery delivery() throws IOException {
        return delivery(ElasticSettings.of(server.address()));
    }

    private static ElasticDocument document(String id, long version) {
        return new ElasticDocument("tripline-alerts-2026.11", id, version, "{\"v\":" + version + "}");
    }

    private static List<ElasticDocument> documents(int count) {
        return IntStream.range(0, count).mapToObj(i -> document("d" + i, 1)).toList();
    }

    private void deliver(Delivery delivery, List<ElasticDocument> documents) throws IOException, InterruptedException {
        delivery.add(documents);
        turn.until(() -> delivery.size() == 0);
    }

    @Test
    void shouldKeepTheNewestOfEachIdInWhateverOrderTheyCome() throws Exception {
        Delivery delivery = delivery();

        deliver(delivery, List.of(document("a", 8), document("b", 4)));
        deliver(delivery, List.of(document("a", 5), document("b", 6), document("b", 6)));

        assertThat(server.stored().get("a").version()).isEqualTo(8);
        assertThat(server.stored().get("b").version()).isEqualTo(6);
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void shouldGoOnAfterTheServerWasAwayAndRestLongerEachTime() throws Exception {
        Delivery delivery = delivery();
        deliver(delivery, documents(1));
        server.goAway();
        delivery.add(documents(50));
        turn.until(() -> turn.rests().size() >= 8);
        assertThat(delivery.unconfirmed()).hasSize(50);

        server.comeBack();
        turn.until(() -> delivery.size() == 0);

        assertThat(server.stored()).hasSize(50);
        assertThat(turn.rests())
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
        assertThat(turn.rests()).hasSizeGreaterThanOrEqualTo(8);
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

    @Test
    void shouldStopWithOneLineWhereTheTemplateIsMissing() throws Exception {
        server.withoutTemplate();

        assertStopped(
                delivery(), "Elasticsearch has no index template tripline-alerts: run `tripline job setup` first");
    }

    @Test
    void shouldStopWithOneLineWhereItMayNotWrite() throws Exception {
        server.refuse(1, Refusal.of(403, "security_exception", "action is unauthorized"));

        assertStopped(
                delivery(),
                "Elasticsearch does not let us write (status 403, security_exception: action is unauthorized): "
                        + "give the user or API key the index privileges create_index and write");
    }

    @Test
    void shouldStopWithOneLineWhereSomethingElseAnswers() throws Exception {
        server.refuse(1, new Refusal(302, "<html>"));

        assertStopped(
                delivery(),
                "no Elasticsearch answers at elasticsearch.hosts (status 302 to a bulk request): check the address");
    }

    private void assertStopped(Delivery delivery, String line) {
        assertThatThrownBy(() -> deliver(delivery, documents(2)))
                .isInstanceOf(ElasticException.class)
                .hasMessage(line);
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void shouldReadAChangedKeyOnceWhenItIsRefused(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "old-secret\n");
        server.authorize("ApiKey new-secret"::equals);
        Delivery delivery = delivery(withKey(key));
        Files.writeString(key, "new-secret\n");

        deliver(delivery, documents(2));

        assertThat(server.stored()).hasSize(2);
        assertThat(server.authorizations()).startsWith("ApiKey old-secret", "ApiKey new-secret");
    }

    @Test
    void shouldStopWithoutTellingTheSecretWhereTheKeyIsWrong(@TempDir Path folder) throws Exception {
        server.authorize("ApiKey other"::equals);
        Delivery delivery = delivery(withKey(Files.writeString(folder.resolve("key"), "old-secret")));

        assertStopped(
                delivery,
                "Elasticsearch does not know us (status 401, security_exception: unable to authenticate): "
                        + "check elasticsearch.api-key-file, or username and password-file");
        assertThat(server.authorizations()).hasSize(2);
    }

    private ElasticSettings withKey(Path key) {
        ElasticSettings plain = ElasticSettings.of(server.address());
        return new ElasticSettings(
                plain.hosts(),
                key.toString(),
                null,
                null,
                null,
                plain.alertsPrefix(),
                plain.trafficPrefix(),
                plain.flushInterval(),
                plain.maxBatch(),
                plain.maxInFlight());
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
        int[] statuses = {0, 429, 503, 413, 500};
        for (int i = 0; i < 40; i++) {
            server.refuse(1, new Refusal(statuses[random.nextInt(statuses.length)], "{}"));
        }

        deliver(delivery(), all);

        Map<String, FakeElastic.Stored> stored = server.stored();
        for (ElasticDocument document : all) {
            String id = document.id();
            assertThat(stored.containsKey(id)).as("seed %s, %s", seed, id).isNotEqualTo(poison.contains(id));
            if (stored.containsKey(id)) {
                assertThat(stored.get(id).version())
                        .as("seed %s, %s", seed, id)
                        .isGreaterThanOrEqualTo(document.version());
            }
        }
        long rejected =
                all.stream().filter(document -> poison.contains(document.id())).count();
        assertThat(rejects.all()).as("seed %s", seed).hasSize((int) rejected);
    }
}
