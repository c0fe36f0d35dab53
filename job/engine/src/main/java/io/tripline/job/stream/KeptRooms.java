package io.tripline.job.stream;

import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Stores {@link FailureRooms}, a room for each key group: whoever gets a key group's actors gets its room. A room is a
 * few hundred bytes, and more only after a flood: 20 MB for all rooms of an instance at most.
 */
final class KeptRooms {
    private static final ListStateDescriptor<byte[]> ROOMS =
            new ListStateDescriptor<>("failure-rooms", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private final ListState<byte[]> stored;
    private final FailureRooms rooms;

    /** Without its rule there are no failures, and whatever was stored is void. */
    KeptRooms(FunctionInitializationContext context, TaskInfo task, MetricGroup operator, boolean on) throws Exception {
        int groups = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange own = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        rooms = new FailureRooms(
                FailureLimits.DEFAULT,
                (Address actor) -> KeyGroupRangeAssignment.assignToKeyGroup(actor, groups),
                own.getStartKeyGroup(),
                own.getNumberOfKeyGroups());
        // Every instance gets all of them: key groups move between instances when their number changes.
        stored = context.getOperatorStateStore().getUnionListState(ROOMS);
        for (byte[] room : stored.get()) {
            if (on) {
                rooms.read(new DataInputStream(new ByteArrayInputStream(room)));
            }
        }
        operator.<Long, Gauge<Long>>gauge("failuresKept", rooms::kept);
        operator.<Long, Gauge<Long>>gauge("failuresDropped", rooms::notKept);
        operator.<Long, Gauge<Long>>gauge("failuresEvicted", rooms::evicted);
    }

    FailureRooms rooms() {
        return rooms;
    }

    void store() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (int group = rooms.first(); group < rooms.first() + rooms.groups(); group++) {
            if (!rooms.isEmpty(group)) {
                all.add(bytes(group));
            }
        }
        stored.update(all);
    }

    private byte[] bytes(int group) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rooms.write(group, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
