package io.tripline.rules.engine;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.incident.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one subject: seconds that are not complete yet, and what its detector keeps.
 *
 * @param <P> what a subject did in a second
 * @param <S> what the detector keeps
 */
public final class SubjectState<P extends Part<?, P>, S> extends PendingSeconds<P> {
    /** Reads a part as its own {@code write} wrote it. */
    public interface PartReader<P> {
        P read(DataInput in) throws IOException;
    }

    private @Nullable S kept;
    private long wakeUp = NEVER;

    /** Lets the detector look at a second that is complete now. Seconds must come in order. */
    public <K, Q extends Part<K, Q>> void complete(
            long second, K subject, SubjectDetector<K, Q, S> detector, Consumer<Finding> findings) {
        @SuppressWarnings("unchecked") // Q is P: the state of a detector holds its own parts.
        Q part = (Q) take(second);
        S state = kept == null ? detector.newState() : kept;
        detector.complete(second, subject, part, state, findings);
        kept = detector.isIdle(state) ? null : state;
        wakeUp = kept == null ? NEVER : Math.max(second + 1, detector.wakeUp(state));
    }

    /** Whether there is nothing to remember. */
    public boolean isIdle() {
        return isNothingPending() && kept == null;
    }

    @Override
    public long next() {
        return Math.min(wakeUp, firstPending());
    }

    /** Writes all of it. Thresholds are no part of it. */
    public void write(SubjectDetector<?, ?, S> detector, DataOutput out) throws IOException {
        out.writeLong(wakeUp);
        writePending(out);
        out.writeBoolean(kept != null);
        if (kept != null) {
            detector.write(kept, out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static <P extends Part<?, P>, S> SubjectState<P, S> read(
            SubjectDetector<?, ?, S> detector, PartReader<P> parts, DataInput in) throws IOException {
        SubjectState<P, S> state = new SubjectState<>();
        state.wakeUp = in.readLong();
        state.readPending(parts, in);
        if (in.readBoolean()) {
            state.kept = detector.read(in);
        }
        return state;
    }

    /**
     * A codec of states.
     *
     * @param detector which knows how what it keeps is written; thresholds are not part of what is stored
     */
    @SuppressWarnings("unchecked") // The class of a generic type has no other form.
    public static <P extends Part<?, P>, S> Codec<SubjectState<P, S>> codec(
            String id, int version, SubjectDetector<?, P, S> detector, Codec<P> parts) {
        return Codec.of(
                id,
                version,
                (Class<SubjectState<P, S>>) (Class<?>) SubjectState.class,
                (state, out) -> state.write(detector, out),
                in -> read(detector, parts::read, in));
    }
}
