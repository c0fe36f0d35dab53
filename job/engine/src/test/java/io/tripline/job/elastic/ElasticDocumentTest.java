package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.SampleAlerts;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.alert.AlertJson;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where an alert goes, what tells older from newer, and how it lies in a checkpoint. */
class ElasticDocumentTest {
    private static final String PREFIX = "tripline-alerts";

    private static ElasticDocument of(Alert alert) {
        return ElasticAlertSink.document(alert, PREFIX);
    }

    @Test
    void shouldPutAllAboutAnIncidentIntoTheIndexOfTheMonthInWhichItBegan() {
        assertThat(SampleAlerts.incident(1))
                .extracting(alert -> of(alert).index())
                .containsOnly("tripline-alerts-2026.03");
    }

    @Test
    void shouldLetNoWildTimeMakeAnIndexOfItsOwn() {
        Alert alert = SampleAlerts.alert(1, Stage.OPENED, 1);

        assertThat(of(SampleAlerts.begun(alert, -5)).index()).isEqualTo("tripline-alerts-1970.01");
        assertThat(of(SampleAlerts.begun(alert, Long.MIN_VALUE)).index()).isEqualTo("tripline-alerts-1970.01");
        assertThat(of(SampleAlerts.begun(alert, Long.MAX_VALUE - 9_000_000)).index())
                .isEqualTo("tripline-alerts-2106.02");
        assertThat(of(SampleAlerts.begun(alert, Long.MAX_VALUE - 9_000_000)).version())
                .isPositive();
        assertThat(of(SampleAlerts.begun(alert, Long.MIN_VALUE)).version()).isZero();
    }

    @Test
    void shouldGrowItsVersionWithTimeAndThenWithTheStage() {
        assertThat(List.of(
                        SampleAlerts.alert(1, Stage.OPENED, 1),
                        SampleAlerts.alert(1, Stage.UPDATED, 1),
                        SampleAlerts.alert(1, Stage.CLOSED, 1),
                        SampleAlerts.alert(1, Stage.UPDATED, 2),
                        SampleAlerts.alert(1, Stage.CLOSED, 300)))
                .extracting(alert -> of(alert).version())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTakeNothingThatCouldEndALineOrAText() {
        assertThatThrownBy(() -> new ElasticDocument("i", "a\"b", 1, false, "{}"))
                .hasMessageContaining("a-z");
        assertThatThrownBy(() -> new ElasticDocument("i", "a", 1, false, "{}\n{}"))
                .hasMessageContaining("one line");
        assertThatThrownBy(() -> new ElasticDocument("i", "a", -1, false, "{}")).hasMessageContaining("negative");
    }

    @Test
    void shouldComeOutOfACheckpointAsItWentIn() throws IOException {
        DocumentStateSerializer serializer = new DocumentStateSerializer();
        ElasticDocument large = new ElasticDocument("i", "a", 7, false, "\"" + "é".repeat(100_000) + "\"");
        ElasticDocument alert = of(SampleAlerts.alert(1, Stage.CLOSED, 1));

        assertThat(alert.last()).isTrue();
        for (ElasticDocument document : List.of(large, alert)) {
            assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(document)))
                    .isEqualTo(document);
        }
        assertThatThrownBy(() -> serializer.deserialize(9, serializer.serialize(alert)))
                .hasMessageContaining("another");
    }

    @Test
    void shouldBeTheSameMadeFromTheTopic() {
        for (Alert alert : SampleAlerts.incident(7)) {
            assertThat(ElasticRefill.document(alert.json(), PREFIX)).isEqualTo(of(alert));
        }
        for (String none : List.of("", "nothing", "{}", "{\"event\":{\"id\":\"x\"}}")) {
            assertThat(ElasticRefill.document(none, PREFIX)).isNull();
        }
    }

    /** So that a document on the topic says as much as what the job knew when it made it. */
    @Test
    void shouldCarryItsVersionInWhatItSays() throws IOException {
        for (Alert alert : SampleAlerts.incident(7)) {
            assertThat(AlertVersion.of(AlertJson.read(alert.json())))
                    .isEqualTo(of(alert).version());
        }
        assertThat(AlertVersion.of(AlertJson.read("{}"))).isEqualTo(AlertVersion.NONE);
    }
}
