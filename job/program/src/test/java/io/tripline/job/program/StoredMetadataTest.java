package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.program.JobOptions.StateBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of one operator with keyed state on the heap, in 720 groups. */
class StoredMetadataTest {
    private static final OperatorID FOLD = new OperatorID(1, 2);
    private static final int GROUPS = 720;

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void store() throws IOException {
        data = Files.writeString(folder.resolve("data"), "state");
        OperatorState state = new OperatorState("fold", "fold-uid", FOLD, 1, GROUPS);
        state.putState(
                0,
                OperatorSubtaskState.builder()
                        .setManagedKeyedState(new KeyGroupsStateHandle(
                                new KeyGroupRangeOffsets(KeyGroupRange.of(0, GROUPS - 1)),
                                new FileStateHandle(new org.apache.flink.core.fs.Path(data.toUri()), 5)))
                        .build());
        try (OutputStream out = Files.newOutputStream(folder.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(
                            7,
                            List.of(state),
                            List.of(),
                            CheckpointProperties.forSavepoint(false, SavepointFormatType.NATIVE)),
                    out);
        }
    }

    private StoredMetadata read() throws IOException {
        return StoredMetadata.read(folder.toUri().toString());
    }

    private static Operators operators(OperatorID id, int groups) {
        return new Operators(Map.of(id, groups));
    }

    @Test
    void shouldFitAJobThatHasTheOperator() throws IOException {
        assertThat(read().unfit(operators(FOLD, GROUPS), StateBackend.HASHMAP)).isEmpty();
        assertThat(read().missingFile()).isNull();
        assertThat(read().isSavepoint()).isTrue();
    }

    @Test
    void shouldNotFitAJobWithoutTheOperatorThatHasState() throws IOException {
        assertThat(read().unfit(operators(new OperatorID(3, 4), GROUPS), StateBackend.HASHMAP))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("holds state of operator fold-uid, which the job with these settings does not have"));
    }

    @Test
    void shouldNotFitOtherKeyGroups() throws IOException {
        assertThat(read().unfit(operators(FOLD, 128), StateBackend.HASHMAP))
                .hasValueSatisfying(reason -> assertThat(reason).contains("over 720 groups", "over 128"));
    }

    @Test
    void shouldNotFitAnotherStateBackendInTheFormatOfOne() throws IOException {
        assertThat(read().unfit(operators(FOLD, GROUPS), StateBackend.ROCKSDB))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("in the format of hashmap", "`job stop --canonical`"));
    }

    @Test
    void shouldTellAFileThatIsMissing() throws IOException {
        Files.delete(data);

        assertThat(read().missingFile()).endsWith("/data");
    }

    @Test
    void shouldRefuseWhatIsDamagedOrNotThere() throws IOException {
        Path metadata = folder.resolve("_metadata");
        byte[] whole = Files.readAllBytes(metadata);
        for (int length : new int[] {0, 3, 8, whole.length / 2, whole.length - 1}) {
            Files.write(metadata, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(this::read).as("%d bytes of it", length).isInstanceOf(IOException.class);
        }
        Files.delete(metadata);
        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("_metadata");
    }
}
