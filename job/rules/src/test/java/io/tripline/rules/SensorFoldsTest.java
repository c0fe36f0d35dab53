package io.tripline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Traffic;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many sensors at one instance, each heard in turn. */
class SensorFoldsTest {
    private static final int ROUNDS = 4;
    private static final long FIRST = Traffic.START / 1_000_000;

    private final List<String> told = new ArrayList<>();
    private int made;

    private SensorFolds folds(int most, long bytes) {
        told.clear();
        made = 0;
        return new SensorFolds(this::lane, most, bytes);
    }

    private SensorFolds.Lane lane() {
        made++;
        ActivityFold activities = new ActivityFold(this::tell);
        TrafficFold traffic = new TrafficFold(second -> {}, minute -> {}, event -> {});
        return new SensorFolds.Lane(activities, List.of(), traffic, () -> {});
    }

    private void tell(Activity activity) {
        activity.contacts()
                .forEach(contact -> told.add(
                        activity.second() + " " + activity.sensors().bySensor().keySet() + " " + activity.actor() + " "
                                + contact.target() + ":" + contact.service() + " x" + contact.probes()));
    }

    /** One batch of each sensor in each second. */
    private static List<PacketBatch> rounds(int sensors) {
        List<PacketBatch> all = new ArrayList<>();
        Traffic traffic = new Traffic();
        for (int round = 0; round < ROUNDS; round++) {
            traffic.at(round).syn("10.0.0.1", "10.0.0.2", 80 + round);
        }
        for (int i = 0; i < sensors; i++) {
            for (PacketBatch batch : traffic.batches()) {
                batch.setSensor("sensor-" + i);
                all.add(batch);
            }
        }
        all.sort(Comparator.comparingLong(PacketBatch::getSequence));
        return all;
    }

    private List<String> play(SensorFolds folds, List<PacketBatch> batches) {
        for (PacketBatch batch : batches) {
            folds.add(batch);
            folds.flushThrough(FIRST - 1);
        }
        folds.flush();
        return told.stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000})
    void shouldMakeFoldsOnceForEachOfManySensors(int sensors) {
        play(folds(SensorFolds.SENSORS, SensorFolds.BYTES), rounds(sensors));

        assertThat(made).isEqualTo(sensors);
        assertThat(told).hasSize(ROUNDS * sensors);
    }

    @Test
    void shouldTellTheSameWhereSensorsTakeTurnsOrTablesHaveToGo() {
        List<PacketBatch> batches = rounds(50);
        List<String> whole = play(folds(SensorFolds.SENSORS, SensorFolds.BYTES), batches);

        assertThat(play(folds(10, SensorFolds.BYTES), batches)).isEqualTo(whole);
        assertThat(made).isGreaterThan(50);

        assertThat(play(folds(SensorFolds.SENSORS, 100_000), batches)).isEqualTo(whole);
        assertThat(made).isGreaterThan(50);
    }

    @Test
    void shouldTakeLittleForASensorThatTellsLittle() {
        SensorFolds.Lane lane = lane();
        lane.traffic().add(rounds(1).get(0));

        assertThat(lane.traffic().bytes()).isLessThan(16_384);
    }
}
