package io.tripline.job.detect;

import io.tripline.job.activity.Part;
import io.tripline.job.activity.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The seconds of one subject that are not complete yet. What each sensor saw of a second is kept apart until it is complete: parts of one sensor add up,
 * while two sensors may have seen the same packets, which can be told only from what each of them saw as a whole.
 *
 * <p>Most subjects have nothing pending most of the time, and then this takes no memory of its own: states extend it.
 *
 * @param <P> what a subject did in a second
 */
abstract class PendingSeconds<P extends Part<?, P>> {
    /** No second. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Far more than lateness allows. */
    private static final int PENDING = 1 << 20;

    private record View(long second, String sensor) implements Comparable<View> {
        @Override
        public int compareTo(View other) {
            int bySecond = Long.compare(second, other.second);
            return bySecond != 0 ? bySecond : sensor.compareTo(other.sensor);
        }
    }

    private NavigableMap<View, P> pending = Collections.emptyNavigableMap();

    /** Takes in part of a second that is not complete. Parts may come in any order. */
    public final void add(P part) {
        View view = new View(part.second(), part.sensor());
        P known = pending.get(view);
        if (known == null) {
            if (pending.isEmpty()) {
                pending = new TreeMap<>();
            }
            pending.put(view, part);
        } else {
            known.merge(part);
        }
    }

    /** Takes out a second, if anything happened in it: what all sensors saw of it together. */
    final @Nullable P take(long second) {
        P whole = null;
        while (firstPending() == second) {
            P part = pending.pollFirstEntry().getValue();
            if (whole == null) {
                whole = part;
            } else {
                whole.combine(part);
            }
        }
        if (pending.isEmpty()) {
            pending = Collections.emptyNavigableMap();
        }
        return whole;
    }

    final boolean isNothingPending() {
        return pending.isEmpty();
    }

    /** The first second that is pending; {@link #NEVER} where none is. */
    final long firstPending() {
        return pending.isEmpty() ? NEVER : pending.firstKey().second();
    }

    final void writePending(DataOutput out) throws IOException {
        out.writeInt(pending.size());
        for (P part : pending.values()) {
            part.write(out);
        }
    }

    final void readPending(SubjectState.PartReader<P> parts, DataInput in) throws IOException {
        for (int i = Stored.readSize(in, PENDING, "pending seconds"); i > 0; i--) {
            add(parts.read(in));
        }
    }
}
