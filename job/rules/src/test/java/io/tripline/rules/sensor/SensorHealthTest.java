package io.tripline.rules.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.sensor.SensorEvidence.Trouble;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A live sensor that fails is told; a capture file, whatever its gaps and clocks, is not. */
class SensorHealthTest {
    private static final long START = 1_767_225_600L;

    private final List<Finding> findings = new ArrayList<>();
    private final SubjectState<SensorSecond, SensorHealth.State> state = new SubjectState<>();
    private final SensorHealth rule = new SensorHealth(SensorHealth.Settings.DEFAULT);
    private final SensorFold fold = new SensorFold(state::add);
    private long sequence;

    private PacketBatch batch(long second) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("tap-1");
        batch.setSequence(sequence++);
        batch.setTime((START + second) * 1_000_000);
        batch.setNewest((START + second) * 1_000_000 + 500_000);
        batch.setPackets(1_000L);
        return batch;
    }

    private PacketBatch live(long second) {
        PacketBatch batch = batch(second);
        batch.setSentAt(batch.getNewest() + 100_000);
        return batch;
    }

    private void end() {
        fold.flush();
        while (state.next() != SubjectState.NEVER) {
            state.complete(state.next(), "tap-1", rule, findings::add);
        }
        assertThat(state.isIdle()).isTrue();
    }

    private List<Trouble> troubles() {
        return findings.stream()
                .filter(finding -> finding.stage() == Stage.OPENED)
                .map(finding -> ((SensorEvidence) finding.detail()).trouble())
                .toList();
    }

    @Test
    void shouldTakeGapsAndClocksOfFilesAsTheyAre() {
        for (long second : new long[] {0, 1, 7_200, 7_201, 40_000_000}) {
            PacketBatch batch = batch(second);
            batch.setClockShift(second > 7_200 ? 3_600_000_000L : 0);
            fold.add(batch);
        }
        end();

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldTellThatPacketsWereLost() {
        for (int second = 0; second < 20; second++) {
            PacketBatch batch = batch(second);
            batch.setDropped(second == 5 ? 500 : 0);
            fold.add(batch);
        }
        end();

        assertThat(troubles()).containsExactly(Trouble.DROPS);
        assertThat(((SensorEvidence) findings.get(0).detail()).value()).isEqualTo(500);
    }

    @Test
    void shouldKeepQuietAboutFewLostPackets() {
        PacketBatch batch = batch(0);
        batch.setDropped(99);
        fold.add(batch);
        end();

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldTellThatBatchesAreMissing() {
        fold.add(batch(0));
        fold.add(batch(1));
        sequence += 3;
        fold.add(batch(2));
        fold.add(batch(30));
        end();

        assertThat(troubles()).containsExactly(Trouble.LOST_BATCHES);
        assertThat(((SensorEvidence) findings.get(0).detail()).value()).isEqualTo(3);
    }

    @Test
    void shouldNotMissBatchesThatComeInAnyOrderWithinTenSeconds() {
        List<PacketBatch> batches = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            batches.add(live(i / 20));
        }
        for (int i = 0; i < 600; i++) {
            // Each number comes with a second of its own up to nine seconds later, as from partitions that are apart.
            long late = (long) i / 20 + i % 10;
            batches.get(i).setTime((START + late) * 1_000_000);
            fold.add(batches.get(i));
        }
        sequence = 600;
        PacketBatch last = live(40);
        last.setEnding(true);
        fold.add(last);
        end();

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldTellThatASensorStartedAnewAndWhatWasNotSeen() {
        sequence = 500;
        fold.add(of(1, live(0)));
        sequence = 0;
        fold.add(of(2, live(5)));
        fold.add(ending(of(2, live(6))));
        end();

        assertThat(troubles()).containsExactly(Trouble.RESTARTED);
        assertThat(((SensorEvidence) findings.get(0).detail()).value()).isEqualTo(5);
    }

    @Test
    void shouldTellASensorThatStartsAnewWithinASecondFromLostBatches() {
        fold.add(of(1, live(0)));
        for (int i = 0; i < 4; i++) {
            fold.add(of(1, live(1)));
        }
        sequence = 0;
        fold.add(of(2, live(1)));
        sequence = 2;
        fold.add(of(2, live(2)));
        fold.add(ending(of(2, live(3))));
        end();

        assertThat(troubles()).containsExactly(Trouble.RESTARTED, Trouble.LOST_BATCHES);
        assertThat(((SensorEvidence) findings.get(0).detail()).value()).isZero();
        assertThat(findings.stream()
                        .map(finding -> (SensorEvidence) finding.detail())
                        .filter(evidence -> evidence.trouble() == Trouble.LOST_BATCHES))
                .allMatch(evidence -> evidence.value() == 1);
    }

    @Test
    void shouldTellThatTwoSensorsHaveOneName() {
        for (int second = 0; second < 30; second++) {
            sequence = second;
            fold.add(of(1, live(second)));
            if (second > 3) {
                sequence = second - 4L;
                fold.add(of(2, live(second)));
            }
        }
        sequence = 30;
        fold.add(ending(of(1, live(30))));
        end();

        assertThat(troubles()).containsExactly(Trouble.DUPLICATE_NAME);
        assertThat(((SensorEvidence) findings.get(0).detail()).value()).isEqualTo(2);
    }

    @Test
    void shouldNotTakeAReplayForAnEarlierRunOfALiveSensorOfThatName() {
        for (int second = 0; second < 20; second++) {
            fold.add(of(1, batch(second)));
        }
        fold.add(ending(of(1, batch(20))));
        sequence = 0;
        for (int second = 341; second < 360; second++) {
            fold.add(of(2, live(second)));
        }
        end();

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldNotMissBatchesWhileASpoolIsReadFasterThanTime() {
        fold.add(live(0));
        long before = sequence;
        for (int second = 1; second < 1_000; second++) {
            // Half of what lay in the spool comes by a way that is twice as slow.
            sequence = before + (second % 2 == 0 ? second / 2 - 1 : 499 + second / 2);
            PacketBatch spooled = live(second);
            spooled.setSpooled(true);
            fold.add(spooled);
        }
        sequence = before + 999;
        fold.add(live(1_005));
        end();

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldTellThatPacketsWereThrownAway() {
        PacketBatch batch = live(0);
        batch.setDiscarded(5_000);
        fold.add(batch);
        fold.add(ending(live(1)));
        end();

        assertThat(troubles()).containsExactly(Trouble.DISCARDED);
        assertThat(((SensorEvidence) findings.get(0).detail()).value()).isEqualTo(5_000);
    }

    @Test
    void shouldTellHowFarAClockIsOffTheBrokers() {
        PacketBatch behind = live(0);
        behind.setClockOffset(-3_600_250_000L);
        behind.setClockCorrection(3_600_000_000L);
        behind.setSentAt(behind.getNewest() - 3_600_000_000L + 100_000);
        fold.add(behind);
        fold.add(ending(live(1)));
        end();

        assertThat(troubles()).containsExactly(Trouble.CLOCK_OFF);
        SensorEvidence evidence = (SensorEvidence) findings.get(0).detail();
        assertThat(evidence.value()).isEqualTo(3_600_250);
        assertThat(evidence.clockOffset()).isEqualTo(-3_600_250);
        assertThat(findings.get(0).clockShift()).isZero();
    }

    private static PacketBatch of(long run, PacketBatch batch) {
        batch.setRun(run);
        return batch;
    }

    private static PacketBatch ending(PacketBatch batch) {
        batch.setEnding(true);
        return batch;
    }

    @Test
    void shouldTellThatALiveSensorsClockIsOff() {
        PacketBatch future = live(0);
        future.setSentAt(future.getNewest() - 40_000_000);
        fold.add(future);
        fold.add(live(1));
        PacketBatch back = live(2);
        back.setClockShift(7_000_000);
        fold.add(back);
        end();

        assertThat(troubles()).containsExactly(Trouble.CLOCK_OFF, Trouble.CLOCK_SET_BACK);
    }

    @Test
    void shouldComeBackFromStoredState() throws IOException {
        fold.add(live(0));
        sequence += 2;
        fold.add(live(0));
        fold.flush();
        state.complete(state.next(), "tap-1", rule, findings::add);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(rule, new DataOutputStream(bytes));

        SubjectState<SensorSecond, SensorHealth.State> read = SubjectState.read(
                rule, SensorSecond::read, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read.next()).isEqualTo(state.next());
    }
}
