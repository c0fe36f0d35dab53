package io.tripline.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.sensor.SensorFold;
import io.tripline.rules.sensor.SensorHealth;
import io.tripline.rules.sensor.SensorSecond;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of parts whose second was judged: most are late, and what tells of a sensor is judged with the next second, if there is one. */
class DetectorHostTest {
    private static final long SECOND = 1_767_225_600;

    private final List<Finding> findings = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private final LocalHost<String, SensorSecond, SubjectState<SensorSecond, SensorHealth.State>> host =
            new LocalHost<>(
                    SensorHealth.UID,
                    Hosted.of(new SensorHealth(SensorHealth.Settings.DEFAULT), finding -> true),
                    10,
                    findings::add,
                    late::add);

    private void tellOfSensor(long second) {
        SensorFold fold = new SensorFold(host::add);
        PacketBatch batch = new PacketBatch();
        batch.setSensor("tap");
        batch.setTime(second * 1_000_000);
        batch.setNewest(second * 1_000_000);
        fold.add(batch);
        fold.flush();
    }

    @Test
    void shouldJudgeWhatIsSaidOfASensorWithTheNextSecond() {
        host.advance(SECOND + 5);
        tellOfSensor(SECOND);

        assertThat(host.size()).isEqualTo(1);
        assertThat(late).isEmpty();
        TestHosts.end(host);
    }

    /** There is no next second then, and a rule that is woken in one would be woken for ever. */
    @Test
    void shouldCallEverythingLateOnceTheStreamHasEnded() {
        TestHosts.end(host);
        tellOfSensor(SECOND);

        assertThat(host.size()).isZero();
        assertThat(late).hasSize(1);
        assertThat(late.get(0).second()).isEqualTo(SECOND);
    }
}
