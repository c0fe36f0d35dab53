package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripline.rules.alert.SampleAlerts;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.AlertSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people write into an alert outlives what the job says next, whenever they write it. */
class AnnotatedAlertsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACKNOWLEDGED = "\"labels\":{\"ack\":\"yes\"},\"tags\":[\"seen\"]";

    private FakeElastic server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeElastic();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ElasticDocument document(int incident, Stage stage, int second) {
        return ElasticAlertSink.document(SampleAlerts.alert(incident, stage, second), "tripline-alerts");
    }

    private List<Verdict> place(ElasticDocument... documents) throws Exception {
        return new AnnotatedAlerts()
                .place(List.of(documents), server.direct())
                .get()
                .verdicts();
    }

    private JsonNode stored(ElasticDocument document) throws IOException {
        return JSON.readTree(server.json(document.id()));
    }

    @Test
    void shouldStoreTheSameBytesWhereNobodyWrote() throws Exception {
        ElasticDocument opened = document(1, Stage.OPENED, 1);
        ElasticDocument closed = document(1, Stage.CLOSED, 331);

        assertThat(place(opened)).containsExactly(new Verdict.Stored());
        assertThat(server.json(opened.id())).isEqualTo(opened.json());
        assertThat(place(closed)).containsExactly(new Verdict.Stored());
        assertThat(server.json(opened.id())).isEqualTo(closed.json());
    }

    @Test
    void shouldKeepWhatOthersWroteAndReplaceAllThatIsOurs() throws Exception {
        ElasticDocument opened = document(1, Stage.OPENED, 1);
        ElasticDocument closed = document(1, Stage.CLOSED, 331);
        place(opened);
        server.annotate(opened.id(), ACKNOWLEDGED);
        server.annotate(opened.id(), "\"kibana.alert.workflow_status\":\"acknowledged\"");

        assertThat(place(closed)).containsExactly(new Verdict.Stored());

        JsonNode there = stored(closed);
        assertThat(there.path("labels").path("ack").asText()).isEqualTo("yes");
        assertThat(there.path("tags")).hasToString("[\"seen\"]");
        assertThat(there.path("kibana.alert.workflow_status").asText()).isEqualTo("acknowledged");
        JsonNode ours = JSON.readTree(closed.json());
        ours.properties()
                .forEach(field -> assertThat(there.path(field.getKey())).isEqualTo(field.getValue()));
        assertThat(there.size()).isEqualTo(ours.size() + 3);
    }

    @Test
    void shouldNotLetAnOlderStateTakeThePlaceOfANewerOneThatSomebodyWroteInto() throws Exception {
        ElasticDocument updated = document(1, Stage.UPDATED, 31);
        place(updated);
        server.annotate(updated.id(), ACKNOWLEDGED);
        String before = server.json(updated.id());

        assertThat(place(document(1, Stage.OPENED, 1))).containsExactly(new Verdict.Superseded());
        assertThat(server.json(updated.id())).isEqualTo(before);
    }

    @Test
    void shouldLookAgainWhereSomebodyWroteBetweenReadingAndWriting() throws Exception {
        ElasticDocument opened = document(1, Stage.OPENED, 1);
        ElasticDocument closed = document(1, Stage.CLOSED, 331);
        place(opened);
        ElasticRequests slow = new Interrupted(server.direct(), () -> server.annotate(opened.id(), ACKNOWLEDGED));

        assertThat(new AnnotatedAlerts().place(List.of(closed), slow).get().verdicts())
                .containsExactly(new Verdict.Changed());
        assertThat(place(closed)).containsExactly(new Verdict.Stored());

        assertThat(stored(closed).path("labels").path("ack").asText()).isEqualTo("yes");
        assertThat(stored(closed).path("event").path("action").asText()).isEqualTo("closed");
    }

    @Test
    void shouldSayWhichPrivilegeIsMissingToReadWhatIsThere() throws Exception {
        place(document(1, Stage.OPENED, 1));
        server.readable(id -> false);

        assertThat(place(document(1, Stage.CLOSED, 331)))
                .singleElement()
                .satisfies(verdict ->
                        assertThat(((Verdict.Again) verdict).reason()).contains("privileges", "read"));
    }

    /** A field at the top that the job writes and does not call its own would be taken for somebody else's. */
    @Test
    void shouldCallEveryFieldOfTheSchemaItsOwn() throws IOException {
        Set<String> fields = new HashSet<>();
        AlertSchema.text().path("properties").fieldNames().forEachRemaining(fields::add);

        assertThat(AnnotatedAlerts.OURS).isEqualTo(fields);
    }

    /** Two writers of one incident, as after a restart, and somebody who writes all the time. */
    @Test
    void shouldEndWithTheNewestAndEveryNoteWhateverComesBetween() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicInteger notes = new AtomicInteger();
        ElasticDocument last = document(1, Stage.CLOSED, 331);
        List<ElasticDocument> states = new ArrayList<>(List.of(
                document(1, Stage.OPENED, 1),
                document(1, Stage.UPDATED, 31),
                document(1, Stage.UPDATED, 61),
                last,
                last));
        place(states.get(0));
        while (!states.isEmpty()) {
            ElasticDocument next = states.get(random.nextInt(states.size()));
            ElasticRequests slow = new Interrupted(server.direct(), () -> {
                if (random.nextBoolean()) {
                    server.annotate(next.id(), "\"note" + notes.incrementAndGet() + "\":1");
                }
            });
            Verdict verdict = new AnnotatedAlerts()
                    .place(List.of(next), slow)
                    .get()
                    .verdicts()
                    .get(0);
            if (!(verdict instanceof Verdict.Changed)) {
                states.remove(next);
            }
        }

        JsonNode there = stored(last);
        assertThat(there.path("event").path("action").asText())
                .as("seed %s", seed)
                .isEqualTo("closed");
        for (int note = 1; note <= notes.get(); note++) {
            assertThat(there.has("note" + note))
                    .as("seed %s, note %s", seed, note)
                    .isTrue();
        }
    }

    /** Something happens after documents were read and before they are written. */
    private record Interrupted(ElasticRequests requests, Runnable between) implements ElasticRequests {
        @Override
        public CompletableFuture<Answer> bulk(String body) {
            between.run();
            return requests.bulk(body);
        }

        @Override
        public CompletableFuture<Answer> read(String body, String without) {
            return requests.read(body, without);
        }

        @Override
        public CompletableFuture<Answer> send(String method, String path, @Nullable String body) {
            return requests.send(method, path, body);
        }
    }
}
