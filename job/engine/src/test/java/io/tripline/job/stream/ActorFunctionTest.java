package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.rules.probe.ActorState;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The rules inside Flink's keyed operator: order, timers, state, late activities, restarts. */
@SuppressWarnings("try") // the harness declares that close() throws Exception
class ActorFunctionTest {
    private static final long FIRST = Traffic.START / 1_000_000;

    private static List<Activity> scan() {
        return scan(0.5);
    }

    private static List<Activity> scan(double gap) {
        Traffic traffic = new Traffic();
        for (int port = 1; port <= 40; port++) {
            traffic.at(port * gap).syn("10.0.0.1", "10.0.0.2", port).refused();
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
        return harness(new ActorFunction(JobSettings.DEFAULT));
    }

    private static KeyedOneInputStreamOperatorTestHarness<Address, Activity, Finding> harness(ActorFunction function)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(function), Activity::actor, Types.ADDRESS, 720, 1, 0);
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

    /** A partition that was idle says so by a watermark that completes nothing. */
    @Test
    void shouldWaitForTheFirstSecondOfASourceThatHasNoTimeYet() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processWatermark(new Watermark(Long.MIN_VALUE + 1));
            for (Activity activity : scan()) {
                harness.processElement(element(activity));
            }

            assertThat(harness.getSideOutput(Types.LATE)).isNullOrEmpty();
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
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

            assertThat(harness.getSideOutput(Types.LATE))
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

    /**
     * A key group has room for the first failures of 183 actors; of others it is known that they failed once, also
     * after a restart.
     */
    @Test
    void shouldKnowWhoFailedOnceAfterARestart() throws Exception {
        List<String> actors = ofOneKeyGroup(400);
        assertThat(rememberedAfterARestart(actors.subList(0, 250), actors.subList(183, 250)))
                .isEqualTo(250);
        assertThat(rememberedAfterARestart(actors.subList(0, 250), actors.subList(250, 400)))
                .isEqualTo(183);
    }

    private static int rememberedAfterARestart(List<String> before, List<String> after) throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            for (Activity activity : refused(before, 0)) {
                harness.processElement(element(activity));
            }
            harness.processWatermark(StreamTime.endOfSecond(FIRST + 500));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(183);
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            for (Activity activity : refused(after, 1_000)) {
                harness.processElement(element(activity));
            }
            harness.processWatermark(StreamTime.endOfSecond(FIRST + 1_500));
            return harness.numKeyedStateEntries();
        }
    }

    private static List<Activity> refused(List<String> actors, int at) {
        Traffic traffic = new Traffic();
        for (int i = 0; i < actors.size(); i++) {
            traffic.at(at + i).syn(actors.get(i), "10.0.0.2", 80).refused();
        }
        List<Activity> activities = new ArrayList<>();
        ActivityFold fold = new ActivityFold(activities::add);
        traffic.batches().forEach(fold::add);
        fold.flush();
        return activities;
    }

    private static List<String> ofOneKeyGroup(int count) {
        List<String> actors = new ArrayList<>();
        for (int i = 0; actors.size() < count; i++) {
            String actor = "11." + (i >> 16) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
            if (KeyGroupRangeAssignment.assignToKeyGroup(Traffic.address(actor), 720) == 5) {
                actors.add(actor);
            }
        }
        return actors;
    }

    @Test
    void shouldFollowNoMoreNewActorsThanThereIsRoomForButWhoTriesMuchAlways() throws Exception {
        try (var harness = harness(new ActorFunction(JobSettings.DEFAULT, 100))) {
            harness.open();
            for (Activity activity : refused(ofOneKeyGroup(150), 0)) {
                harness.processElement(element(activity));
            }
            assertThat(harness.numKeyedStateEntries()).isEqualTo(100);

            for (Activity activity : scan(0.01)) {
                harness.processElement(element(activity));
            }
            assertThat(harness.numKeyedStateEntries()).isEqualTo(101);
        }
    }

    /** With unaligned checkpoints one instance may have come further than another when the state is stored. */
    @Test
    void shouldNotTakeForJudgedWhatOnlyAnotherInstanceHasJudged() throws Exception {
        List<Activity> behind = probes(0);
        List<Activity> ahead = probes(1);
        OperatorSubtaskState stored;
        try (var first = instance(0);
                var second = instance(1)) {
            first.open();
            second.open();
            for (int i = 0; i < 10; i++) {
                first.processElement(element(behind.get(i)));
                second.processElement(element(ahead.get(i)));
            }
            first.processWatermark(StreamTime.endOfSecond(behind.get(2).second()));
            second.processWatermark(StreamTime.endOfSecond(ahead.get(9).second()));
            stored = AbstractStreamOperatorTestHarness.repackageState(first.snapshot(1, 1), second.snapshot(1, 1));
        }

        try (var first = instance(0);
                var second = instance(1)) {
            first.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(stored, GROUPS, 2, 2, 0));
            second.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(stored, GROUPS, 2, 2, 1));
            first.open();
            second.open();
            first.processElement(element(behind.get(5)));
            second.processElement(element(ahead.get(5)));

            assertThat(first.getSideOutput(Types.LATE)).as("was on its way").isNullOrEmpty();
            assertThat(second.getSideOutput(Types.LATE)).as("was judged").hasSize(1);
        }
    }

    @Test
    void shouldLeaveOutWhatIsFurthestAheadWhereTooManySecondsArePending() throws Exception {
        List<Activity> scan = scan();
        try (var harness = harness()) {
            harness.open();
            for (int second = ActorState.PENDING + 10; second > 0; second--) {
                harness.processElement(element(new Activity(scan.get(0).actor(), FIRST + second, "tap")));
            }

            assertThat(harness.getSideOutput(Types.LATE))
                    .extracting(late -> late.getValue().second() - FIRST - ActorState.PENDING)
                    .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(harness.getSideOutput(Types.LATE))
                    .extracting(late -> late.getValue().reason())
                    .containsOnly("no-room");
        }
    }

    private static final int GROUPS = 720;

    private static KeyedOneInputStreamOperatorTestHarness<Address, Activity, Finding> instance(int index)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ActorFunction(io.tripline.rules.JobSettings.DEFAULT)),
                Activity::actor,
                Types.ADDRESS,
                GROUPS,
                2,
                index);
    }

    /** What an actor does whose state one of two instances has; something in each second. */
    private static List<Activity> probes(int instance) {
        for (int host = 1; ; host++) {
            Traffic traffic = new Traffic();
            for (int port = 1; port <= 12; port++) {
                traffic.at(port).syn("10.1.0." + host, "10.0.0.2", port).refused();
            }
            List<Activity> activities = new ArrayList<>();
            ActivityFold fold = new ActivityFold(activities::add);
            traffic.batches().forEach(fold::add);
            fold.flush();
            activities.sort(Comparator.comparingLong(Activity::second));
            if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            activities.get(0).actor(), GROUPS, 2)
                    == instance) {
                return activities;
            }
        }
    }
}
