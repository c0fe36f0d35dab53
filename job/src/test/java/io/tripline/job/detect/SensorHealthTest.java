package io.tripline.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.activity.SensorFold;
import io.tripline.job.activity.SensorSecond;
import io.tripline.job.detect.Finding.Stage;
import io.tripline.job.detect.SensorEvidence.Trouble;
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
    void shouldTellOnceThatALiveSensorIsSilent() {
        fold.add(live(0));
        fold.add(live(30));
        end();

        assertThat(troubles()).containsExactly(Trouble.SILENT);
        assertThat(findings.get(0).changed()).isEqualTo((START + 91) * 1_000_000);
        assertThat(findings.get(0).sensors()).containsOnlyKeys("tap-1");
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
    void shouldNotMissBatchesOfASensorThatStartedAnew() {
        sequence = 500;
        fold.add(batch(0));
        sequence = 0;
        fold.add(batch(5));
        fold.add(batch(6));
        end();

        assertThat(findings).isEmpty();
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

        assertThat(troubles()).containsExactly(Trouble.CLOCK_OFF, Trouble.CLOCK_SET_BACK, Trouble.SILENT);
    }

    @Test
    void shouldComeBackFromStoredState() throws IOException {
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
