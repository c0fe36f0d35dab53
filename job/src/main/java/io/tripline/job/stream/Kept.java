package io.tripline.job.stream;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * What an operator with a state for each subject keeps besides: how many subjects it has, and which second it judged last. Without the second,
 * what is late right after a restart would be judged before the first watermark says that it is late, and out of order.
 */
final class Kept {
    private static final ListStateDescriptor<Long> SUBJECTS = new ListStateDescriptor<>("subjects", Types.LONG);
    private static final ListStateDescriptor<Long> JUDGED = new ListStateDescriptor<>("judged", Types.LONG);

    private final ListState<Long> storedSubjects;
    private final ListState<Long> storedJudged;
    private final Counter late;
    private final Counter refused;
    private long subjects;
    private long judged = Long.MIN_VALUE;

    Kept(FunctionInitializationContext context, MetricGroup operator) throws Exception {
        OperatorStateStore store = context.getOperatorStateStore();
        storedSubjects = store.getListState(SUBJECTS);
        // Every instance gets all of them: keys move between instances when their number changes.
        storedJudged = store.getUnionListState(JUDGED);
        for (Long count : storedSubjects.get()) {
            subjects += count;
        }
        for (Long watermark : storedJudged.get()) {
            judged = Math.max(judged, watermark);
        }
        late = operator.counter("late");
        refused = operator.counter("subjectsRefused");
        operator.<Long, Gauge<Long>>gauge("subjects", () -> subjects);
    }

    /** Whether a second was judged already; counts it. */
    boolean isLate(long second, long watermark) {
        boolean isLate = isJudged(second, watermark);
        if (isLate) {
            late();
        }
        return isLate;
    }

    /** Whether there are so many subjects already; counts the one that there is no room for. */
    boolean isFull(int most) {
        if (subjects >= most) {
            refused.inc();
        }
        return subjects >= most;
    }

    /** Whether a second was judged already. */
    boolean isJudged(long second, long watermark) {
        return StreamTime.endOfSecond(second) <= Math.max(watermark, judged);
    }

    /** The first second that was not judged. */
    long following(long watermark) {
        return StreamTime.secondOf(Math.max(watermark, judged)) + 1;
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

    void store() throws Exception {
        storedSubjects.update(List.of(subjects));
        storedJudged.update(List.of(judged));
    }
}
