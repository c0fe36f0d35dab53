package io.tripline.job.program;

import io.tripline.job.program.JobOptions.StateBackend;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.SavepointKeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.jspecify.annotations.Nullable;

/** What a savepoint or a checkpoint says that it holds. */
final class StoredMetadata {
    private final String path;
    private final CheckpointMetadata metadata;

    private StoredMetadata(String path, CheckpointMetadata metadata) {
        this.path = path;
        this.metadata = metadata;
    }

    /**
     * Reads it.
     *
     * @throws IOException if nothing is there, it cannot be read from this machine, or it is damaged
     */
    static StoredMetadata read(String path) throws IOException {
        CompletedCheckpointStorageLocation location = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
        try (DataInputStream in =
                new DataInputStream(location.getMetadataHandle().openInputStream())) {
            return new StoredMetadata(
                    path,
                    Checkpoints.loadCheckpointMetadata(
                            in, StoredMetadata.class.getClassLoader(), location.getExternalPointer()));
        } catch (RuntimeException e) { // what damaged bytes lead to
            throw new IOException("damaged: " + Causes.told(e), e);
        }
    }

    /** Whether somebody made it on purpose, and looks after it. */
    boolean isSavepoint() {
        return metadata.getCheckpointProperties() == null
                || metadata.getCheckpointProperties().isSavepoint();
    }

    /**
     * Why a job of these operators cannot go on from it; empty where it can. By the same rules as Flink's own, which
     * come too late.
     */
    Optional<String> unfit(Operators operators, StateBackend backend) {
        for (OperatorState stored : metadata.getOperatorStates()) {
            Integer keyGroups = operators.keyGroups().get(stored.getOperatorID());
            if (keyGroups == null) {
                if (holdsSomething(stored)) {
                    return Optional.of(path + " holds state of operator " + name(stored)
                            + ", which the job with these settings does not have");
                }
            } else if (keyGroups > 0 && stored.getMaxParallelism() > 0 && keyGroups != stored.getMaxParallelism()) {
                return Optional.of(path + " spreads the keys of operator " + name(stored) + " over "
                        + stored.getMaxParallelism() + " groups, this version of the job over " + keyGroups);
            }
        }
        return Optional.ofNullable(writtenForAnother(backend));
    }

    private static boolean holdsSomething(OperatorState stored) {
        return stored.getCoordinatorState() != null
                || stored.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
    }

    private static String name(OperatorState stored) {
        return stored.getOperatorUid()
                .or(stored::getOperatorName)
                .orElseGet(() -> stored.getOperatorID().toHexString());
    }

    private @Nullable String writtenForAnother(StateBackend backend) {
        return keyed().map(handle -> handle instanceof SavepointKeyedStateHandle
                        ? null
                        : handle instanceof KeyGroupsStateHandle ? StateBackend.HASHMAP : StateBackend.ROCKSDB)
                .filter(written -> written != null && written != backend)
                .findFirst()
                .map(written -> path + " is in the format of " + JobOptions.name(written) + " and cannot be read with "
                        + JobOptions.name(backend) + "; `job stop --canonical` makes one that both read")
                .orElse(null);
    }

    private Stream<KeyedStateHandle> keyed() {
        return metadata.getOperatorStates().stream()
                .flatMap(stored -> stored.getStates().stream())
                .flatMap(part -> part.getManagedKeyedState().stream());
    }

    /** A file that belongs to it and is not there; null where all are. */
    @Nullable
    String missingFile() throws IOException {
        List<StreamStateHandle> handles = new ArrayList<>();
        keyed().forEach(handle -> {
            if (handle instanceof IncrementalRemoteKeyedStateHandle incremental) {
                handles.add(incremental.getMetaDataStateHandle());
                incremental.getSharedState().forEach(file -> handles.add(file.getHandle()));
                incremental.getPrivateState().forEach(file -> handles.add(file.getHandle()));
            } else if (handle instanceof KeyGroupsStateHandle whole) {
                handles.add(whole.getDelegateStateHandle());
            }
        });
        metadata.getOperatorStates().stream()
                .flatMap(stored -> stored.getStates().stream())
                .flatMap(part -> part.getManagedOperatorState().stream())
                .map(OperatorStateHandle::getDelegateStateHandle)
                .forEach(handles::add);
        for (StreamStateHandle handle : handles) {
            if (handle instanceof FileStateHandle file) {
                Path at = file.getFilePath();
                if (!at.getFileSystem().exists(at)) {
                    return at.toString();
                }
            }
        }
        return null;
    }
}
