package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.program.JobOptions.StateBackend;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumePointTest {
    private static final OperatorID FOLD = new OperatorID(1, 2);
    private static final Operators OPERATORS = new Operators(Map.of(FOLD, 720));
    private static final CheckpointProperties SAVEPOINT =
            CheckpointProperties.forSavepoint(false, SavepointFormatType.NATIVE);
    private static final CheckpointProperties CHECKPOINT =
            CheckpointProperties.forCheckpoint(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    private Path store(String name, long millis, CheckpointProperties kind, OperatorID operator) throws IOException {
        Path stored = Files.createDirectories(folder.resolve(name));
        Path metadata = stored.resolve("_metadata");
        OperatorState state = new OperatorState("operator", "uid", operator, 1, 720);
        state.setCoordinatorState(new ByteStreamStateHandle("splits", new byte[] {1}));
        try (OutputStream out = Files.newOutputStream(metadata)) {
            Checkpoints.storeCheckpointMetadata(new CheckpointMetadata(7, List.of(state), List.of(), kind), out);
        }
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
        return stored;
    }

    private @Nullable ResumePoint newest(String... others) {
        return ResumePoint.newest(folder, List.of(others), OPERATORS, StateBackend.ROCKSDB, told::add);
    }

    @Test
    void shouldBeTheNewestOfItsKindOrTheOther() throws IOException {
        assertThat(newest()).isNull();

        Path savepoint = store("savepoints/savepoint-0a-1", 1_000, SAVEPOINT, FOLD);
        assertThat(newest()).isEqualTo(new ResumePoint(savepoint.toUri().toString(), false));

        Path checkpoint = store("checkpoints/0a/chk-7", 2_000, CHECKPOINT, FOLD);
        assertThat(newest())
                .as("a checkpoint becomes the new job's own")
                .isEqualTo(new ResumePoint(checkpoint.toUri().toString(), true));
        assertThat(told).isEmpty();
    }

    @Test
    void shouldPassOverWhatIsNotWholeAndSayWhy() throws IOException {
        Path whole = store("savepoints/savepoint-0a-1", 1_000, SAVEPOINT, FOLD);
        Path cut = store("checkpoints/0a/chk-7", 2_000, CHECKPOINT, FOLD).resolve("_metadata");
        Files.write(cut, new byte[] {1, 2, 3});

        assertThat(newest()).isEqualTo(new ResumePoint(whole.toUri().toString(), false));
        assertThat(told).singleElement().asString().contains("chk-7/ is incomplete", "trying the previous one");
    }

    @Test
    void shouldPassOverWhatOtherJobsStored() throws IOException {
        Path own = store("checkpoints/0a/chk-7", 1_000, CHECKPOINT, FOLD);
        store("checkpoints/0b/chk-9", 2_000, CHECKPOINT, FOLD);

        assertThat(newest("/0b/")).isEqualTo(new ResumePoint(own.toUri().toString(), true));
    }

    @Test
    void shouldRatherRefuseThanGoOnFromAnOlderOneWhereTheNewestDoesNotFit() throws IOException {
        store("savepoints/savepoint-0a-1", 1_000, SAVEPOINT, FOLD);
        store("checkpoints/0a/chk-7", 2_000, CHECKPOINT, new OperatorID(3, 4));

        assertThatThrownBy(this::newest).isInstanceOf(UserError.class);
    }
}
