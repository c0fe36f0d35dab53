package io.tripline.job.stream;

import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import io.tripline.rules.codec.Codec;

/**
 * How the state of one kind of subject is written and read. A subclass names the part's codec and a detector that knows the format; thresholds
 * are not part of what is stored.
 */
public abstract class SubjectStateCodec<P extends Part<?, P>, S> implements Codec<SubjectState<P, S>> {
    /** How parts are written. */
    protected abstract Codec<P> parts();

    /** A detector with any thresholds. */
    protected abstract SubjectDetector<?, P, S> detector();

    @Override
    @SuppressWarnings("unchecked") // the class of a generic type has no other form
    public final Class<SubjectState<P, S>> type() {
        return (Class<SubjectState<P, S>>) (Class<?>) SubjectState.class;
    }

    @Override
    public final void write(SubjectState<P, S> state, DataOutput out) throws IOException {
        state.write(detector(), out);
    }

    @Override
    public final SubjectState<P, S> read(DataInput in) throws IOException {
        return SubjectState.read(detector(), parts()::read, in);
    }
}
