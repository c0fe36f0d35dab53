package io.tripline.rules.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type are written and read. An implementation has a public constructor without arguments and no fields of its own, and
 * stands in {@code META-INF/services}, where it is found by its format's id when stored state is read.
 *
 * @param <T> the type
 */
public interface Codec<T> extends Serializable {
    Class<T> type();

    /** By which name stored state knows the type, and which versions of its bytes are read. */
    Format format();

    /** Writes the format's version. */
    void write(T value, DataOutput out) throws IOException;

    /** Reads each of the format's versions; {@link io.tripline.rules.codec.Stored#isSince} tells them apart. */
    T read(DataInput in) throws IOException;
}
