package io.tripline.rules.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;

/**
 * How values of one type are written and read. Stored state names it by its format's id; a program that is sent somewhere does too, so a codec must
 * stand in a {@link CodecTable}.
 *
 * @param <T> the type
 */
public final class Codec<T> implements Serializable {
    private static final long serialVersionUID = 1;

    /** Writes the format's version. */
    public interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    /** Reads each of the format's versions; {@link Stored#isSince} tells them apart. */
    public interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    private final transient Format format;
    private final transient Class<T> type;
    private final transient Writer<T> writer;
    private final transient Reader<T> reader;

    private Codec(Format format, Class<T> type, Writer<T> writer, Reader<T> reader) {
        this.format = format;
        this.type = type;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * A codec of a format that has one version so far.
     *
     * @param id the type's name in stored state, for ever
     */
    public static <T> Codec<T> of(String id, int version, Class<T> type, Writer<T> writer, Reader<T> reader) {
        return of(Format.of(id, version), type, writer, reader);
    }

    public static <T> Codec<T> of(Format format, Class<T> type, Writer<T> writer, Reader<T> reader) {
        return new Codec<>(format, type, writer, reader);
    }

    public Class<T> type() {
        return type;
    }

    /** By which name stored state knows the type, and which versions of its bytes are read. */
    public Format format() {
        return format;
    }

    public void write(T value, DataOutput out) throws IOException {
        writer.write(value, out);
    }

    /**
     * Reads a value.
     *
     * @throws IOException if the bytes end early, or hold what no value can hold
     */
    public T read(DataInput in) throws IOException {
        return reader.read(in);
    }

    @Override
    public String toString() {
        return format.id();
    }

    private Object writeReplace() {
        return new ById(format.id());
    }

    @SuppressWarnings("unused") // by serialization
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a codec is sent by its id");
    }

    private record ById(String id) implements Serializable {
        private Object readResolve() throws ObjectStreamException {
            return Codecs.find(id, ById.class.getClassLoader())
                    .orElseThrow(() -> new InvalidObjectException("no codec is called " + id));
        }
    }
}
