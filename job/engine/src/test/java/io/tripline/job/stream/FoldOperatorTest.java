package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.probe.Activity;
import io.tripline.schemas.PacketBatch;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is folded goes on before time does, whoever's time it is. */
class FoldOperatorTest {
    private static final long FIRST = Traffic.START / 1_000_000;

    private OneInputStreamOperatorTestHarness<PacketBatch, Activity> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(
                new FoldOperator.Factory(JobSettings.DEFAULT, new IntelParcel(""), false));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private void probe(double second) throws Exception {
        List<PacketBatch> batches = new Traffic()
                .at(second)
                .syn("10.0.0.1", "10.0.0.2", 22)
                .refused()
                .batches();
        for (PacketBatch batch : batches) {
            harness.processElement(new StreamRecord<>(batch));
        }
    }

    private List<Long> seconds() {
        return harness.extractOutputValues().stream()
                .map(activity -> activity.second() - FIRST)
                .toList();
    }

    @Test
    void shouldWaitForTheEndOfASecond() throws Exception {
        probe(0);
        assertThat(seconds()).isEmpty();

        harness.processWatermark(StreamTime.endOfSecond(FIRST));
        assertThat(seconds()).containsExactly(0L);
    }

    @Test
    void shouldEmptyItselfBeforeNobodyWaitsForItsTime() throws Exception {
        probe(0);
        harness.processWatermarkStatus(WatermarkStatus.IDLE);

        assertThat(seconds()).containsExactly(0L);
        assertThat(harness.getOutput()).last().isEqualTo(WatermarkStatus.IDLE);
    }

    @Test
    void shouldKeepNothingWhileNobodyWaitsForItsTime() throws Exception {
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        probe(0);
        assertThat(seconds()).containsExactly(0L);

        harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
        probe(1);
        assertThat(seconds()).containsExactly(0L);
    }
}
