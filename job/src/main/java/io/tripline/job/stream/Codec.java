package io.tripline.job.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type are written and read. An implementation has a public constructor without arguments and no fields of its own:
 * stored state names it by its class.
 *
 * @param <T> the type
 */
public interface Codec<T> extends Serializable {
    Class<T> type();

    void write(T value, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;
}
