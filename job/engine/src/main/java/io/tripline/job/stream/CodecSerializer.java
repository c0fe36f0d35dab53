package io.tripline.job.stream;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;
import io.tripline.rules.codec.OlderInput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.DataInputViewStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Codec} as Flink's serializer. Each value begins with a byte that tells its version, so that values of
 * different versions may lie side by side: Flink keeps what nobody asks for as it is, and what was under way in a
 * checkpoint.
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {
    private final Codec<T> codec;

    public CodecSerializer(Codec<T> codec) {
        this.codec = codec;
    }

    Codec<T> codec() {
        return codec;
    }

    @Override
    public boolean isImmutableType() {
        return codec.type().isRecord();
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    @SuppressWarnings("NullAway") // Flink asks for an empty instance only to reuse it, and takes none.
    public @Nullable T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        if (isImmutableType()) {
            return from;
        }
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            codec.write(from, out);
            return codec.read(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new IllegalStateException("cannot copy a " + codec.type().getSimpleName(), e);
        }
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        target.writeByte(codec.format().version());
        codec.write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        Format format = codec.format();
        if (version == format.version()) {
            return codec.read(source);
        }
        UnreadableStateException.check(format, version);
        return codec.read(new OlderInput(new DataInputViewStream(source), version));
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodecSerializer<?> that && codec.format().equals(that.codec.format());
    }

    @Override
    public int hashCode() {
        return codec.format().hashCode();
    }

    @Override
    public String toString() {
        return codec.format().toString();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new CodecSnapshot<>(codec);
    }
}
