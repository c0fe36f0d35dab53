package io.tripline.job.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;

/**
 * What an operator with a state for each subject keeps besides: how many subjects it has and how much of them is
 * pending, and which second it judged last. Without the second, what is late right after a restart would be judged
 * before the first watermark says that it is late, and out of order.
 *
 * <p>The second is stored with the key groups that it holds for. Instances may have come unequally far when a
 * checkpoint overtakes what lies between operators, and then no instance may take another's second for its own.
 */
final class SubjectBookkeeping {
    private static final ListStateDescriptor<Long> SUBJECTS = new ListStateDescriptor<>("subjects", Types.LONG);
    private static final ListStateDescriptor<Long> PENDING = new ListStateDescriptor<>("pending", Types.LONG);

    /** First and last key group, and what was judged of them, a watermark. */
    private static final ListStateDescriptor<Tuple3<Integer, Integer, Long>> JUDGED =
            new ListStateDescriptor<>("judged-groups", Types.TUPLE(Types.INT, Types.INT, Types.LONG));

    private final ListState<Long> storedSubjects;
    private final ListState<Long> storedPending;
    private final ListState<Tuple3<Integer, Integer, Long>> storedJudged;
    private final KeyGroupRange groups;
    private final int allGroups;
    private final Counter late;
    private final Counter refused;
    private final Counter leftOut;
    private long subjects;
    private long pending;
    private long judged = Long.MIN_VALUE;
    /**
     * Of each of this instance's groups, what was judged before it went on from there; null once all have gone on past
     * it.
     */
    private long @Nullable [] before;

    private long furthest = Long.MIN_VALUE;

    SubjectBookkeeping(FunctionInitializationContext context, RuntimeContext runtime) throws Exception {
        TaskInfo task = runtime.getTaskInfo();
        allGroups = task.getMaxNumberOfParallelSubtasks();
        groups = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                allGroups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        OperatorStateStore store = context.getOperatorStateStore();
        storedSubjects = store.getListState(SUBJECTS);
        storedPending = store.getListState(PENDING);
        // Every instance gets all of them: keys move between instances when their number changes.
        storedJudged = store.getUnionListState(JUDGED);
        for (Long count : storedSubjects.get()) {
            subjects += count;
        }
        for (Long count : storedPending.get()) {
            pending += count;
        }
        for (Tuple3<Integer, Integer, Long> range : storedJudged.get()) {
            restore(range.f0, range.f1, range.f2);
        }
        MetricGroup operator = runtime.getMetricGroup();
        late = operator.counter("late");
        refused = operator.counter("subjectsRejected");
        leftOut = operator.counter("pendingDropped");
        operator.<Long, Gauge<Long>>gauge("subjects", () -> subjects);
        operator.<Long, Gauge<Long>>gauge("pendingSeconds", () -> pending);
    }

    private void restore(int first, int last, long watermark) {
        long[] each = before == null ? new long[groups.getNumberOfKeyGroups()] : before;
        if (before == null) {
            Arrays.fill(each, Long.MIN_VALUE);
            before = each;
        }
        for (int group = Math.max(first, groups.getStartKeyGroup());
                group <= Math.min(last, groups.getEndKeyGroup());
                group++) {
            int at = group - groups.getStartKeyGroup();
            each[at] = Math.max(each[at], watermark);
            furthest = Math.max(furthest, watermark);
        }
    }

    /** Whether there are so many subjects already; counts the one that there is no room for. */
    boolean isFull(int most) {
        if (subjects >= most) {
            refused.inc();
        }
        return subjects >= most;
    }

    /** The last second that was judged for a key. */
    long judgedThrough(Object key, long watermark) {
        return StreamTime.lastCompleteSecond(until(key, watermark));
    }

    private long until(Object key, long watermark) {
        judged = Math.max(judged, watermark);
        long[] each = before;
        if (each == null) {
            return judged;
        }
        if (judged >= furthest) {
            before = null;
            return judged;
        }
        int group = KeyGroupRangeAssignment.assignToKeyGroup(key, allGroups);
        return Math.max(judged, each[group - groups.getStartKeyGroup()]);
    }

    /** Counts what came too late. */
    void late() {
        late.inc();
    }

    /** Seconds up to a watermark are judged. */
    void judged(long watermark) {
        judged = Math.max(judged, watermark);
    }

    void began() {
        subjects++;
    }

    void forgotten() {
        subjects--;
    }

    /** So many more parts of seconds are pending, or fewer. */
    void pending(int more) {
        pending += more;
    }

    /** There was no room for a part. */
    void leftOut() {
        leftOut.inc();
    }

    void store() throws Exception {
        storedSubjects.update(List.of(subjects));
        storedPending.update(List.of(pending));
        long[] each = before;
        if (each == null || judged >= furthest) {
            storedJudged.update(List.of(Tuple3.of(groups.getStartKeyGroup(), groups.getEndKeyGroup(), judged)));
            return;
        }
        List<Tuple3<Integer, Integer, Long>> ranges = new ArrayList<>();
        for (int at = 0; at < each.length; at++) {
            int group = groups.getStartKeyGroup() + at;
            ranges.add(Tuple3.of(group, group, Math.max(judged, each[at])));
        }
        storedJudged.update(ranges);
    }
}
