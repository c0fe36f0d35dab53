package io.tripline.rules.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.sensor.ListedSensors.Listed;
import io.tripline.rules.sensor.SensorEvidence.End;
import io.tripline.rules.sensor.SensorEvidence.Trouble;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sensor is silent where it could have been heard, and stays so until it is back; an outage of the brokers makes nobody silent. */
class SensorPresenceTest {
    private static final long START = 1_767_225_600L;
    private static final long SECOND = 1_000_000;

    private final List<Finding> findings = new ArrayList<>();
    private long judged;
    private SubjectState<PresenceSecond, SensorPresence.State> state = new SubjectState<>();
    private SensorPresence rule = rule(ListedSensors.NONE);
    private final PresenceFold fold = new PresenceFold(part -> {
        if (part.second() < judged) {
            part.raise(judged);
        }
        state.add(part);
    });

    private static SensorPresence rule(ListedSensors listed) {
        return new SensorPresence(SensorHealth.Settings.DEFAULT, listed, DecisionTrace.NONE);
    }

    private static PacketBatch heartbeat(String sensor, long second) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor(sensor);
        batch.setRun(1);
        batch.setTime((START + second) * SECOND);
        batch.setNewest(batch.getTime() + SECOND / 2);
        batch.setSentAt(batch.getNewest());
        return batch;
    }

    /** Heartbeats as they come, each second. */
    private void hear(long from, long to, String... sensors) {
        for (long second = from; second < to; second++) {
            for (String sensor : sensors) {
                hear(heartbeat(sensor, second), second);
            }
            completeTo(second);
        }
    }

    private void hear(PacketBatch batch, long appended) {
        fold.add(batch, (START + appended) * 1_000 + 600);
    }

    private void completeTo(long second) {
        fold.flush();
        while (state.next() <= START + second) {
            long next = state.next();
            judged = next + 1;
            state.complete(next, "", rule, findings::add);
        }
        judged = Math.max(judged, START + second + 1);
    }

    private static SensorEvidence evidence(Finding finding) {
        return (SensorEvidence) finding.detail();
    }

    private List<Stage> stages() {
        return findings.stream().map(Finding::stage).toList();
    }

    @Test
    void shouldTellThatASensorIsSilentWhileAnotherGoesOn() {
        hear(0, 10, "tap-1", "tap-2");
        hear(10, 100, "tap-2");

        assertThat(stages()).containsExactly(Stage.OPENED);
        assertThat(evidence(findings.get(0)).trouble()).isEqualTo(Trouble.SILENT);
        assertThat(findings.get(0).sensors()).containsOnlyKeys("tap-1");
        assertThat(findings.get(0).firstSeen()).isEqualTo((START + 9) * SECOND + SECOND / 2);
        assertThat(findings.get(0).changed()).isEqualTo((START + 70) * SECOND);
    }

    @Test
    void shouldKeepASilentSensorOpenForDaysAndCloseItWhenItIsBack() {
        hear(0, 10, "tap-1", "tap-2");
        hear(10, 2 * 86_400, "tap-2");
        assertThat(stages()).startsWith(Stage.OPENED, Stage.UPDATED).doesNotContain(Stage.CLOSED);
        assertThat(stages()).hasSizeLessThan(50);

        hear(2 * 86_400, 2 * 86_400 + 2, "tap-1", "tap-2");

        Finding closed = findings.get(findings.size() - 1);
        assertThat(closed.stage()).isEqualTo(Stage.CLOSED);
        assertThat(evidence(closed).end()).isEqualTo(End.BACK);
        assertThat(closed.firstSeen()).isEqualTo(findings.get(0).firstSeen());
    }

    @Test
    void shouldTellNobodySilentWhenTheBrokersWereAwayHoweverLong() {
        hear(0, 10, "tap-1", "tap-2", "tap-3");
        long back = 5_000;
        // One brings its spool, which is read fast; one that had nothing to spool is there at once; one needs half a
        // minute to find the brokers.
        for (long second = 13; second < back; second++) {
            PacketBatch spooled = heartbeat("tap-1", second);
            spooled.setSpooled(true);
            hear(spooled, back + second / 500);
            completeTo(second);
        }
        hear(back, back + 30, "tap-1", "tap-2");
        hear(back + 30, back + 120, "tap-1", "tap-2", "tap-3");

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldNotCountWhatWaitedWithTheClientForListening() {
        hear(0, 10, "tap-1", "tap-2");
        for (long second = 10; second < 200; second++) {
            hear(heartbeat("tap-1", second), 200);
            completeTo(second);
        }
        hear(200, 300, "tap-1", "tap-2");

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldTellThatASensorThatIsBackHadSpooled() {
        hear(0, 10, "tap-1", "tap-2");
        hear(10, 100, "tap-2");
        PacketBatch spooled = heartbeat("tap-1", 11);
        spooled.setSpooled(true);
        hear(spooled, 100);
        completeTo(100);

        assertThat(stages()).containsExactly(Stage.OPENED, Stage.CLOSED);
        assertThat(evidence(findings.get(1)).end()).isEqualTo(End.SPOOLED);
        assertThat(evidence(findings.get(1)).value()).isEqualTo(91);
    }

    @Test
    void shouldNotWaitForOneThatSaidThatItStops() {
        hear(0, 10, "tap-1", "tap-2");
        PacketBatch last = heartbeat("tap-1", 10);
        last.setEnding(true);
        hear(last, 10);
        hear(11, 500, "tap-2");
        assertThat(findings).isEmpty();

        PacketBatch again = heartbeat("tap-1", 500);
        again.setRun(2);
        hear(again, 500);
        hear(501, 600, "tap-2");
        assertThat(stages()).containsExactly(Stage.OPENED);
    }

    @Test
    void shouldTellThatAListedSensorWasNeverHeardAndCloseItWhenItIsTakenOffTheList() {
        rule = rule(new ListedSensors(Map.of("tap-9", new Listed(null, null, false)), false));
        hear(0, 100, "tap-1");
        assertThat(stages()).containsExactly(Stage.OPENED);
        assertThat(evidence(findings.get(0)).trouble()).isEqualTo(Trouble.MISSING);

        rule = rule(ListedSensors.NONE);
        hear(100, 102, "tap-1");
        assertThat(stages()).containsExactly(Stage.OPENED, Stage.CLOSED);
        assertThat(evidence(findings.get(1)).end()).isEqualTo(End.RETIRED);
    }

    @Test
    void shouldCloseASilentSensorThatIsRetired() {
        hear(0, 10, "tap-1", "tap-2");
        hear(10, 100, "tap-2");
        rule = rule(new ListedSensors(Map.of("tap-1", new Listed(null, null, true)), false));
        hear(100, 500, "tap-2");

        assertThat(stages()).containsExactly(Stage.OPENED, Stage.CLOSED);
        assertThat(evidence(findings.get(1)).end()).isEqualTo(End.RETIRED);
    }

    @Test
    void shouldNotExpectMoreOfFiles() {
        PacketBatch replayed = heartbeat("host/replay", 0);
        replayed.setSentAt(0);
        hear(replayed, 0);
        hear(0, 200, "tap-1");

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldHearASensorWhoseClockIsADayAhead() {
        for (long second = 0; second < 200; second++) {
            hear(heartbeat("ahead", second + 86_000), second);
            hear(heartbeat("tap-1", second), second);
            completeTo(second);
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldGoOnWithASilentSensorAfterARestart() throws IOException {
        hear(0, 10, "tap-1", "tap-2");
        hear(10, 100, "tap-2");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(rule, new DataOutputStream(bytes));
        state = SubjectState.read(
                rule, PresenceSecond::read, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        hear(100, 110, "tap-1", "tap-2");

        assertThat(stages()).containsExactly(Stage.OPENED, Stage.CLOSED);
        assertThat(findings.get(1).firstSeen()).isEqualTo(findings.get(0).firstSeen());
    }

    @Test
    void shouldFollowABoundedNumberOfSensors() {
        for (int i = 0; i < 2 * PresenceSecond.SENSORS; i++) {
            hear(heartbeat("tap-" + i, i / 1_000), i / 1_000);
        }
        hear(10, 100, "tap-0");

        assertThat(findings).hasSize(PresenceSecond.SENSORS - 1);
    }
}
