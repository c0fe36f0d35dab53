package io.tripline.analyze;

import io.tripline.schemas.PacketBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Hands the batches of the run's capture thread to the job. */
final class CaptureSourceReader implements SourceReader<PacketBatch, CaptureSource.Split> {
    private final AnalysisRun run;

    /** Completes when Flink has told all it has to tell a reader: it fails the job where a reader ends before that. */
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    CaptureSourceReader(AnalysisRun run) {
        this.run = run;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<PacketBatch> output) throws Exception {
        if (!told.isDone()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        PacketBatch batch = run.queue().poll();
        if (batch != null) {
            output.collect(batch, Math.floorDiv(batch.getTime(), 1_000L));
            return InputStatus.MORE_AVAILABLE;
        }
        return run.queue().isFinished() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return told.isDone() ? run.queue().available() : told;
    }

    @Override
    public void addSplits(List<CaptureSource.Split> splits) {}

    @Override
    public void notifyNoMoreSplits() {
        told.complete(null);
    }

    @Override
    public List<CaptureSource.Split> snapshotState(long checkpoint) {
        return List.of();
    }

    @Override
    public void close() {}
}
