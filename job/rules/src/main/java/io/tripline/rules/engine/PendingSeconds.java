package io.tripline.rules.engine;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seconds of one subject that are not complete yet. What each sensor saw of a second is kept apart until it is complete: parts of one sensor add up,
 * while two sensors may have seen the same packets, which can be told only from what each of them saw as a whole.
 *
 * <p>At most {@link #PENDING} parts wait. Beyond that the one furthest ahead is left out: those before it are judged first, and what is that far ahead comes
 * from a clock that is wrong, or time has stood for very long.
 *
 * <p>Most subjects have nothing pending most of the time, and then this takes no memory of its own: states extend it.
 *
 * @param <P> what a subject did in a second
 */
public abstract class PendingSeconds<P extends Part<?, P>> {
    /** No second. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A dozen seconds of more sensors than an instance tells apart, or more than an hour of one. */
    public static final int PENDING = 4_096;

    /** By second and sensor; few at a time. */
    private List<P> pending = List.of();

    /**
     * Takes in part of a second that is not complete. Parts may come in any order.
     *
     * @return the part that there is no room for, this or another; null where there is room
     */
    public final @Nullable P add(P part) {
        int at = Collections.binarySearch(pending, part, PendingSeconds::order);
        if (at >= 0) {
            pending.get(at).merge(part);
            return null;
        }
        if (pending.isEmpty()) {
            pending = new ArrayList<>(2);
        }
        pending.add(-at - 1, part);
        return pending.size() > PENDING ? pending.remove(PENDING) : null;
    }

    /** The next second that the rules must look at; {@link #NEVER} when there is none. */
    public abstract long next();

    /** Parts of seconds that are not complete yet. */
    public final int pending() {
        return pending.size();
    }

    private static int order(Part<?, ?> one, Part<?, ?> other) {
        int bySecond = Long.compare(one.second(), other.second());
        return bySecond != 0 ? bySecond : one.sensor().compareTo(other.sensor());
    }

    /** Takes out a second, if anything happened in it: what all sensors saw of it together. */
    public final @Nullable P take(long second) {
        P whole = null;
        int taken = 0;
        for (; taken < pending.size() && pending.get(taken).second() == second; taken++) {
            P part = pending.get(taken);
            if (whole == null) {
                whole = part;
            } else {
                whole.combine(part);
            }
        }
        if (taken == pending.size()) {
            pending = List.of();
        } else {
            pending.subList(0, taken).clear();
        }
        return whole;
    }

    public final boolean isNothingPending() {
        return pending.isEmpty();
    }

    /** The first second that is pending; {@link #NEVER} where none is. */
    public final long firstPending() {
        return pending.isEmpty() ? NEVER : pending.get(0).second();
    }

    public final void writePending(DataOutput out) throws IOException {
        out.writeInt(pending.size());
        for (P part : pending) {
            part.write(out);
        }
    }

    final void readPending(SubjectState.PartReader<P> parts, DataInput in) throws IOException {
        for (int i = Stored.readSize(in, PENDING, "pending seconds"); i > 0; i--) {
            add(parts.read(in));
        }
    }
}
