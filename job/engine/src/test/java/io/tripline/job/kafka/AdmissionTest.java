package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Assigned;
import io.tripline.schemas.PacketBatch;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What passes to the rules, and what is put aside. */
@SuppressWarnings("try") // the harness declares that close() throws Exception
class AdmissionTest {
    private static final long SECOND = 1_000_000;
    private static final long START = Batches.APPENDED * 1_000;

    private static OneInputStreamOperatorTestHarness<Received, PacketBatch> harness(int instance) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new Admission.Factory(), 720, 2, instance, new OperatorID());
    }

    private static Received batch(String sensor, long number, long newest, int partition) {
        PacketBatch batch = Batches.batch()
                .setSensor(sensor)
                .setSequence(number)
                .setRun(START)
                .setNewest(newest)
                .setPackets(10)
                .setBytes(100)
                .setRecords(List.of(Batches.packet().build()))
                .build();
        return new Accepted(batch, partition, number, Batches.APPENDED);
    }

    private static List<Long> passed(OneInputStreamOperatorTestHarness<Received, PacketBatch> harness) {
        return harness.extractOutputValues().stream()
                .map(PacketBatch::getSequence)
                .toList();
    }

    @Test
    void shouldLetABatchPassOnceHoweverOftenItIsSent() throws Exception {
        try (var harness = harness(0)) {
            harness.open();
            for (long number : new long[] {0, 1, 2, 5, 1, 2, 5, 6, 3, 6, 2_000, 1_999, 5, 1_999}) {
                harness.processElement(batch("west", number, START, 0), 0);
            }
            harness.processElement(batch("east", 1, START, 0), 0);

            assertThat(passed(harness))
                    .as("what is further back than the window may come twice")
                    .containsExactly(0L, 1L, 2L, 5L, 6L, 3L, 2_000L, 1_999L, 5L, 1L);
        }
    }

    @Test
    void shouldKnowWhatCameBeforeARestartWhoeverReadsThePartitionThen() throws Exception {
        OperatorSubtaskState state;
        try (var one = harness(0);
                var other = harness(1)) {
            one.open();
            other.open();
            one.processElement(new Assigned(0, 0), 0);
            other.processElement(new Assigned(1, 0), 0);
            one.processElement(batch("west", 7, START, 0), 0);
            other.processElement(batch("west", 8, START, 1), 0);
            state = AbstractStreamOperatorTestHarness.repackageState(one.snapshot(1, 1), other.snapshot(1, 1));
        }
        try (var one = harness(0)) {
            one.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 720, 2, 2, 0));
            one.open();
            one.processElement(batch("west", 7, START, 0), 0);
            one.processElement(batch("west", 8, START, 1), 0);
            one.processElement(batch("west", 9, START, 1), 0);

            assertThat(passed(one)).containsExactly(9L);
        }
    }

    @Test
    void shouldPutAsideWhatIsLateAsAWholeAndTellWhoseItIs() throws Exception {
        try (var harness = harness(0)) {
            harness.open();
            harness.processWatermark(Batches.APPENDED + 999);
            harness.processElement(batch("west", 0, START - 70 * SECOND, 0), 0);
            harness.processElement(batch("west", 1, START - 69 * SECOND, 0), 0);
            harness.processElement(batch("west", 2, START - 5 * SECOND, 0), 0);
            harness.processElement(batch("east", 3, START + SECOND, 0), 0);
            assertThat(harness.getSideOutput(Admission.LATE)).isNullOrEmpty();
            harness.prepareSnapshotPreBarrier(1);

            assertThat(passed(harness)).as("sensors' own health goes by all").containsExactly(0L, 1L, 2L, 3L);
            assertThat(harness.extractOutputValues())
                    .extracting(batch -> batch.getRecords().size())
                    .containsExactly(0, 0, 0, 1);
            assertThat(harness.getSideOutput(Admission.LATE))
                    .extracting(late -> late.getValue())
                    .containsExactly(
                            new LateBatches(
                                    "west", START, START - 70 * SECOND, START - 69 * SECOND, 2, 20, 200, 70_999),
                            new LateBatches("west", START, START - 5 * SECOND, START - 5 * SECOND, 1, 10, 100, 5_999));
        }
    }
}
