package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.junit.jupiter.api.Test;

/** What a stored savepoint says about how its values were written. */
class StoredTypesTest {
    private static final Path STORED = Path.of("src", "test", "resources", "savepoints", "0.1", "_metadata");
    private static final ClassLoader CLASSES = StoredTypesTest.class.getClassLoader();

    /** Flink's own for numbers, texts, pairs, timers and what needs no value. */
    private static final Set<String> FLINKS = Set.of(
            "LongSerializer",
            "StringSerializer",
            "TupleSerializer",
            "TimerSerializer",
            "VoidNamespaceSerializer",
            "BytePrimitiveArraySerializer");

    private final Set<String> types = new TreeSet<>();

    @Test
    void shouldNameEachTypeByIdOrBeFlinksOwn() throws IOException {
        for (OperatorState operator : operators()) {
            for (OperatorSubtaskState part : operator.getStates()) {
                for (KeyedStateHandle handle : part.getManagedKeyedState()) {
                    read((KeyGroupsStateHandle) handle);
                }
                for (OperatorStateHandle handle : part.getManagedOperatorState()) {
                    read(handle);
                }
            }
        }

        assertThat(types)
                .contains("CodecSnapshot of actor-state", "CodecSnapshot of address", "CodecSnapshot of flood-state");
        assertThat(types)
                .allMatch(type -> type.startsWith("CodecSnapshot of ")
                        || FLINKS.contains(type.replaceFirst("^.*[.]", "").replaceFirst("(\\$\\w+)?(Snapshot)?$", "")));
    }

    private static List<OperatorState> operators() throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(STORED))) {
            return List.copyOf(Checkpoints.loadCheckpointMetadata(in, CLASSES, STORED.toString())
                    .getOperatorStates());
        }
    }

    private void read(KeyGroupsStateHandle handle) throws IOException {
        KeyedBackendSerializationProxy<?> proxy = new KeyedBackendSerializationProxy<>(CLASSES);
        try (FSDataInputStream in = handle.openInputStream()) {
            proxy.read(new DataInputViewStreamWrapper(in));
        }
        add(proxy.getKeySerializerSnapshot());
        proxy.getStateMetaInfoSnapshots().forEach(this::add);
    }

    private void read(OperatorStateHandle handle) throws IOException {
        OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(CLASSES);
        try (FSDataInputStream in = handle.openInputStream()) {
            proxy.read(new DataInputViewStreamWrapper(in));
        }
        proxy.getOperatorStateMetaInfoSnapshots().forEach(this::add);
        proxy.getBroadcastStateMetaInfoSnapshots().forEach(this::add);
    }

    private void add(StateMetaInfoSnapshot state) {
        state.getSerializerSnapshotsImmutable().values().forEach(this::add);
    }

    private void add(TypeSerializerSnapshot<?> snapshot) {
        types.add(
                snapshot instanceof CodecSnapshot<?>
                        ? "CodecSnapshot of "
                                + ((CodecSerializer<?>) snapshot.restoreSerializer())
                                        .codec()
                                        .format()
                                        .id()
                        : snapshot.getClass().getName());
    }
}
