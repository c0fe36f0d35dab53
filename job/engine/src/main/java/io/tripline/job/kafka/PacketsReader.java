package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Assigned;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Reads partitions, and puts {@link Assigned} before the first record of each. Used by its task's thread. */
@SuppressWarnings("try") // close() throws Exception, as Flink declares it
final class PacketsReader implements SourceReader<Received, KafkaPartitionSplit> {
    private final SourceReader<Received, KafkaPartitionSplit> records;
    private final Queue<KafkaPartitionSplit> assigned = new ArrayDeque<>();
    private CompletableFuture<Void> woken = new CompletableFuture<>();

    PacketsReader(SourceReader<Received, KafkaPartitionSplit> records) {
        this.records = records;
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Received> output) throws Exception {
        for (KafkaPartitionSplit split = assigned.poll(); split != null; split = assigned.poll()) {
            output.createOutputForSplit(split.splitId())
                    .collect(new Assigned(split.getPartition(), split.getStartingOffset()));
        }
        return records.pollNext(output);
    }

    /** An empty partition would wake nobody. */
    @Override
    public CompletableFuture<Void> isAvailable() {
        if (!assigned.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> available = records.isAvailable();
        if (available.isDone()) {
            return available;
        }
        woken = new CompletableFuture<>();
        return CompletableFuture.anyOf(available, woken).thenAccept(ignored -> {});
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        records.addSplits(splits);
        assigned.addAll(splits);
        woken.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        records.notifyNoMoreSplits();
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        return records.snapshotState(checkpoint);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        records.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        records.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        records.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        records.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
        records.close();
    }
}
