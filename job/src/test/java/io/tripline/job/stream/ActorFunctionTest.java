package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.activity.Activity;
import io.tripline.job.activity.ActivityFold;
import io.tripline.job.detect.Finding;
import io.tripline.job.detect.Traffic;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The rules inside Flink's keyed operator: order, timers, state, late activities, restarts. */
@SuppressWarnings("try") // the harness declares that close() throws Exception
class ActorFunctionTest {
    private static final long FIRST = Traffic.START / 1_000_000;

    private static List<Activity> scan() {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 40; port++) {
            traffic.at(port * 0.5).syn("10.0.0.1", "10.0.0.2", port).refused();
        }
        List<Activity> activities = new ArrayList<>();
        ActivityFold fold = new ActivityFold(activities::add);
        for (PacketBatch batch : traffic.batches()) {
            fold.add(batch);
        }
        fold.flush();
        return activities;
    }

    private static KeyedOneInputStreamOperatorTestHarness<Address, Activity, Finding> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ActorFunction(io.tripline.job.settings.JobSettings.DEFAULT)),
                Activity::actor,
                Types.ADDRESS);
    }

    private static StreamRecord<Activity> element(Activity activity) {
        return new StreamRecord<>(activity, StreamTime.endOfSecond(activity.second()));
    }

    @Test
    void shouldKeepOneTimerAndForgetEverythingInTheEnd() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (Activity activity : scan()) {
                harness.processElement(element(activity));
                assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            }
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues())
                    .extracting(Finding::stage)
                    .startsWith(Finding.Stage.OPENED)
                    .endsWith(Finding.Stage.CLOSED);
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void shouldSendLateActivitiesAside() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processWatermark(StreamTime.endOfSecond(FIRST + 5));
            for (Activity activity : scan()) {
                harness.processElement(element(activity));
            }

            assertThat(harness.getSideOutput(Late.TAG))
                    .extracting(late -> late.getValue().second())
                    .allMatch(second -> second <= FIRST + 5)
                    .hasSize(6);
        }
    }

    @Test
    void shouldFindTheSameAfterARestartInTheMiddle() throws Exception {
        List<Finding> whole;
        try (var harness = harness()) {
            harness.open();
            for (Activity activity : scan()) {
                harness.processElement(element(activity));
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            whole = harness.extractOutputValues();
        }
        List<Finding> parts = new ArrayList<>();
        OperatorSubtaskState state;
        List<Activity> scan = scan();
        try (var harness = harness()) {
            harness.open();
            for (Activity activity : scan.subList(0, 12)) {
                harness.processElement(element(activity));
            }
            harness.processWatermark(StreamTime.endOfSecond(scan.get(10).second()));
            state = harness.snapshot(1, 1);
            parts.addAll(harness.extractOutputValues());
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            for (Activity activity : scan.subList(12, scan.size())) {
                harness.processElement(element(activity));
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            parts.addAll(harness.extractOutputValues());
        }
        assertThat(parts).isEqualTo(whole);
    }
}
