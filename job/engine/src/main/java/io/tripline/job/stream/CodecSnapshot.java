package io.tripline.job.stream;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Codecs;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Names a type and its version in stored state. Whether this program can read them is decided here, when a job starts
 * from a savepoint, and not when a value is asked for.
 *
 * <p>Flink stores this class's name: it stays where it is.
 */
public final class CodecSnapshot<T> implements TypeSerializerSnapshot<T> {
    private @Nullable Codec<T> codec;
    private int version;

    /** For Flink, which fills it in. */
    public CodecSnapshot() {}

    CodecSnapshot(Codec<T> codec) {
        this.codec = codec;
        this.version = codec.format().version();
    }

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(known().format().id());
        out.writeInt(version);
    }

    @Override
    @SuppressWarnings("unchecked") // An id stands for one type.
    public void readSnapshot(int layout, DataInputView in, ClassLoader classes) throws IOException {
        Codec<T> found = (Codec<T>) known(in.readUTF(), classes);
        version = in.readInt();
        UnreadableStateException.check(found.format(), version);
        codec = found;
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new CodecSerializer<>(known());
    }

    /** An older version is read and written anew at once, so that the next program need not know it. */
    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        if (!(old instanceof CodecSnapshot<T> that)
                || !that.known().format().id().equals(known().format().id())) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return that.version == version
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }

    private static Codec<?> known(String id, ClassLoader classes) throws UnreadableStateException {
        return Codecs.find(id, classes)
                .orElseThrow(() -> new UnreadableStateException("stored state holds " + id
                        + ", which this program does not know: it was written by another version"));
    }

    private Codec<T> known() {
        return Objects.requireNonNull(codec, "snapshot has not been read yet");
    }
}
