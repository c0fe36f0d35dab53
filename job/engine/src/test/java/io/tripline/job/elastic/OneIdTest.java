package io.tripline.job.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.schemas.AlertSchema;
import io.tripline.schemas.PacketBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the clocks of sensors do, an incident is one document, and no state of it seems older than the one before.
 */
class OneIdTest {
    private static final String ACTOR = "192.0.2.1";
    private static final long SECOND = 1_000_000;
    private static final int SECONDS = 100;

    private static final AlertAssembler ASSEMBLER = new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE);

    /** Scans, slow and fast, of ports and of hosts. */
    private static Stream<Traffic> scans() {
        return Stream.of(
                scan((traffic, i) -> traffic.syn(ACTOR, "198.51.100.9", 1 + i).refused()),
                scan((traffic, i) -> traffic.syn(ACTOR, "198.51." + i / 250 + "." + (1 + i % 250), 445)
                        .refused()),
                scan((traffic, i) -> traffic.udp(ACTOR, "198.51.100.9", 1 + i)));
    }

    private interface Probe {
        void send(Traffic traffic, int number);
    }

    private static Traffic scan(Probe probe) {
        Traffic traffic = new Traffic();
        for (int i = 0; i < SECONDS * 4; i++) {
            probe.send(traffic.at(i / 4.0), i);
        }
        return traffic;
    }

    @ParameterizedTest
    @MethodSource("scans")
    void shouldKeepTheIdWhereASensorsClockIsSetBack(Traffic scan) {
        for (int second : new int[] {2, 5, 20, 50, 99}) {
            List<PacketBatch> batches = scan.batches();
            batches.subList(second, batches.size()).forEach(batch -> batch.setClockShift(5 * SECOND));

            List<Alert> alerts = alerts(batches);

            assertOneIncident(alerts);
            assertThat(alerts).allMatch(alert -> alert.firstSeen() == Traffic.START, "begins with the scan");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 40, 90})
    void shouldKeepTheIdWhereASensorOfAnotherClockSeesItToo(int since) {
        List<Traffic> scans = scans().toList();
        List<Traffic> others = scans().toList();
        for (int i = 0; i < scans.size(); i++) {
            List<PacketBatch> batches = new ArrayList<>(scans.get(i).batches());
            for (PacketBatch batch : others.get(i).batches()) {
                if (batch.getSequence() >= since) {
                    batch.setSensor("s2");
                    batch.setClockShift(3_600 * SECOND);
                    batches.add(batch);
                }
            }

            assertOneIncident(alerts(batches));
        }
    }

    @Test
    void shouldKeepTheIdWhereTheClockIsSetBackAgainAndAgain() {
        List<PacketBatch> batches = scans().toList().get(0).batches();
        for (int second = 0; second < SECONDS; second++) {
            batches.get(second).setClockShift(SECOND * 60 * (second / 4));
        }

        assertOneIncident(alerts(batches));
    }

    private static void assertOneIncident(List<Alert> alerts) {
        assertThat(alerts)
                .extracting(Alert::stage)
                .startsWith(Stage.OPENED)
                .endsWith(Stage.CLOSED)
                .contains(Stage.UPDATED);
        List<ElasticDocument> documents = alerts.stream()
                .map(alert -> ElasticAlertSink.document(alert, "tripline-alerts"))
                .toList();
        assertThat(documents)
                .extracting(ElasticDocument::id)
                .containsOnly(documents.get(0).id());
        assertThat(documents)
                .extracting(ElasticDocument::index)
                .containsOnly(documents.get(0).index());
        assertThat(documents).extracting(ElasticDocument::version).isSorted().doesNotHaveDuplicates();
        assertThat(alerts)
                .extracting(alert -> Instant.parse(
                        AlertSchema.check(alert.json()).get("@timestamp").asText()))
                .isSorted();
    }

    private static List<Alert> alerts(List<PacketBatch> batches) {
        ActorState state = new ActorState();
        ActivityFold fold = new ActivityFold(activity -> keep(activity, state));
        batches.stream()
                .sorted(Comparator.comparingLong(
                        batch -> batch.getRecords().get(0).getTime()))
                .forEach(fold::add);
        fold.flush();
        ActorRules rules = Rules.aboutActors();
        List<Alert> alerts = new ArrayList<>();
        while (state.next() != ActorState.NEVER && !rules.isIdle(state)) {
            rules.complete(
                    state.next(), Traffic.address(ACTOR), state, finding -> alerts.add(ASSEMBLER.assemble(finding)));
        }
        return alerts;
    }

    private static void keep(Activity activity, ActorState state) {
        if (activity.actor().equals(Traffic.address(ACTOR))) {
            state.add(activity);
        }
    }
}
