package io.tripline.job.stream;

import io.tripline.rules.codec.Codec;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Tells Flink to use a {@link Codec}, so that nothing falls back to Kryo. */
public final class CodecTypeInfo<T> extends TypeInformation<T> {
    private final Codec<T> codec;

    public CodecTypeInfo(Codec<T> codec) {
        this.codec = codec;
    }

    /** How values are written and read. */
    public Codec<T> codec() {
        return codec;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return codec.type();
    }

    @Override
    public boolean isKeyType() {
        return Comparable.class.isAssignableFrom(codec.type());
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new CodecSerializer<>(codec);
    }

    @Override
    public String toString() {
        return codec.type().getSimpleName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodecTypeInfo<?> that && codec.format().equals(that.codec.format());
    }

    @Override
    public int hashCode() {
        return codec.format().hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CodecTypeInfo;
    }
}
