package io.tripline.rules.probe.slowscan;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Room for the failures of an instance's actors, a {@link FailureRoom} for each group of actors that an engine may move to another instance, so that it
 * moves with them. Made when a group's first actor fails; the instance's limits are shared out evenly.
 */
public final class FailureRooms {
    private final ToIntFunction<Address> groupOf;
    private final int first;
    private final FailureLimits each;
    private final @Nullable FailureRoom[] rooms;

    /**
     * Rooms of one instance.
     *
     * @param groupOf the group of an actor
     * @param first the lowest group of this instance
     * @param groups how many it has
     */
    public FailureRooms(FailureLimits limits, ToIntFunction<Address> groupOf, int first, int groups) {
        this.groupOf = groupOf;
        this.first = first;
        this.each = limits.among(groups);
        this.rooms = new FailureRoom[groups];
    }

    /** A single room. */
    public static FailureRooms single(FailureLimits limits) {
        return new FailureRooms(limits, actor -> 0, 0, 1);
    }

    public FailureRoom of(Address actor) {
        int index = groupOf.applyAsInt(actor) - first;
        FailureRoom room = rooms[index];
        if (room == null) {
            room = new FailureRoom(each);
            rooms[index] = room;
        }
        return room;
    }

    /** Whether a group is of this instance. */
    public boolean has(int group) {
        return group >= first && group < first + rooms.length;
    }

    public int first() {
        return first;
    }

    public int groups() {
        return rooms.length;
    }

    /** Whether there is anything to remember of a group. */
    public boolean isEmpty(int group) {
        FailureRoom room = rooms[group - first];
        return room == null || room.isEmpty();
    }

    /** Failures that are remembered. Another thread may ask, and gets what is a moment old. */
    public long kept() {
        long sum = 0;
        for (FailureRoom room : rooms) {
            sum += room == null ? 0 : room.kept();
        }
        return sum;
    }

    /** Failures so far for which there was no room: of these it is remembered at most that there was one. */
    public long notKept() {
        long sum = 0;
        for (FailureRoom room : rooms) {
            sum += room == null ? 0 : room.notKept();
        }
        return sum;
    }

    /** Actors so far whose failures had to be forgotten before their time. */
    public long evicted() {
        long sum = 0;
        for (FailureRoom room : rooms) {
            sum += room == null ? 0 : room.evicted();
        }
        return sum;
    }

    /** Writes a group's room, with the group. */
    public void write(int group, DataOutput out) throws IOException {
        FailureRoom room = rooms[group - first];
        out.writeInt(group);
        (room == null ? new FailureRoom(each) : room).write(out);
    }

    /** Reads what {@link #write} wrote, if the group is of this instance. */
    public void read(DataInput in) throws IOException {
        int group = Stored.readSize(in, Short.MAX_VALUE, "groups");
        if (has(group)) {
            rooms[group - first] = FailureRoom.read(in, each);
        }
    }
}
