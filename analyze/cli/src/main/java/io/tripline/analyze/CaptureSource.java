package io.tripline.analyze;

import io.tripline.schemas.PacketBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Capture files as a bounded source. One split, one reader: a flow table needs its packets in order. */
final class CaptureSource implements Source<PacketBatch, CaptureSource.Split, Boolean> {
    private final String run;

    /** Reads the captures of a run, see {@link AnalysisRun}. */
    CaptureSource(String run) {
        this.run = run;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<PacketBatch, Split> createReader(SourceReaderContext context) {
        return new CaptureSourceReader(AnalysisRun.of(run));
    }

    @Override
    public SplitEnumerator<Split, Boolean> createEnumerator(SplitEnumeratorContext<Split> context) {
        return new Enumerator(context, false);
    }

    @Override
    public SplitEnumerator<Split, Boolean> restoreEnumerator(SplitEnumeratorContext<Split> context, Boolean assigned) {
        return new Enumerator(context, assigned);
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new AssignedSerializer();
    }

    /** All captures of the run. */
    record Split(String run) implements SourceSplit {
        @Override
        public String splitId() {
            return run;
        }
    }

    private final class Enumerator implements SplitEnumerator<Split, Boolean> {
        private final SplitEnumeratorContext<Split> context;
        private final Deque<Split> waiting = new ArrayDeque<>();

        Enumerator(SplitEnumeratorContext<Split> context, boolean assigned) {
            this.context = context;
            if (!assigned) {
                waiting.add(new Split(run));
            }
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int reader, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Split> splits, int reader) {
            waiting.addAll(splits);
        }

        @Override
        public void addReader(int reader) {
            while (!waiting.isEmpty()) {
                context.assignSplit(waiting.remove(), reader);
            }
            context.signalNoMoreSplits(reader);
        }

        @Override
        public Boolean snapshotState(long checkpoint) {
            return waiting.isEmpty();
        }

        @Override
        public void close() {}
    }

    private static final class SplitSerializer implements SimpleVersionedSerializer<Split> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Split split) {
            return split.run().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Split deserialize(int version, byte[] bytes) {
            return new Split(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static final class AssignedSerializer implements SimpleVersionedSerializer<Boolean> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Boolean assigned) {
            return new byte[] {(byte) (assigned ? 1 : 0)};
        }

        @Override
        public Boolean deserialize(int version, byte[] bytes) {
            return bytes[0] == 1;
        }
    }
}
