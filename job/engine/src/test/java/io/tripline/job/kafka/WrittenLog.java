package io.tripline.job.kafka;

import io.tripline.job.kafka.Received.Assigned;
import io.tripline.job.kafka.WrittenLog.Partition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of two partitions that holds what a test says, read as fast as may be by up to two instances. It never ends.
 * Goes on from nothing.
 */
record WrittenLog(String name) implements Source<Received, Partition, Integer> {
    static final int PARTITIONS = 2;

    private static final Map<String, List<Received>> LOGS = new ConcurrentHashMap<>();

    record Partition(int number) implements SourceSplit {
        @Override
        public String splitId() {
            return Integer.toString(number);
        }
    }

    WrittenLog(String name, List<Received> records) {
        this(name);
        LOGS.put(name, List.copyOf(records));
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Received, Partition> createReader(SourceReaderContext context) {
        return new Reader(LOGS.getOrDefault(name, List.of()));
    }

    private static final class Reader implements SourceReader<Received, Partition> {
        private final List<Received> log;
        private final List<Partition> partitions = new ArrayList<>();
        private final List<Partition> fresh = new ArrayList<>();
        private CompletableFuture<Void> available = new CompletableFuture<>();
        private int next;

        Reader(List<Received> log) {
            this.log = log.stream()
                    .sorted(Comparator.comparingLong(Received::appended))
                    .toList();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Received> output) {
            for (Partition partition : fresh) {
                output.createOutputForSplit(partition.splitId()).collect(new Assigned(partition.number(), 0));
            }
            partitions.addAll(fresh);
            fresh.clear();
            while (!partitions.isEmpty() && next < log.size()) {
                Received record = log.get(next++);
                Partition at = new Partition(record.partition());
                if (partitions.contains(at)) {
                    SourceOutput<Received> split = output.createOutputForSplit(at.splitId());
                    split.collect(record);
                    return InputStatus.MORE_AVAILABLE;
                }
            }
            available = new CompletableFuture<>();
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public void addSplits(List<Partition> splits) {
            fresh.addAll(splits);
            available.complete(null);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public List<Partition> snapshotState(long checkpoint) {
            return List.copyOf(partitions);
        }

        @Override
        public void pauseOrResumeSplits(java.util.Collection<String> toPause, java.util.Collection<String> toResume) {
            // Both partitions are read in the order of time.
        }

        @Override
        public void start() {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    @Override
    public SplitEnumerator<Partition, Integer> createEnumerator(SplitEnumeratorContext<Partition> context) {
        return new SplitEnumerator<>() {
            @Override
            public void addReader(int reader) {
                for (int number = 0; number < PARTITIONS; number++) {
                    if (number % context.currentParallelism() == reader) {
                        context.assignSplit(new Partition(number), reader);
                    }
                }
            }

            @Override
            public Integer snapshotState(long checkpoint) {
                return 0;
            }

            @Override
            public void start() {}

            @Override
            public void handleSplitRequest(int reader, @Nullable String host) {}

            @Override
            public void addSplitsBack(List<Partition> splits, int reader) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public SplitEnumerator<Partition, Integer> restoreEnumerator(
            SplitEnumeratorContext<Partition> context, Integer checkpoint) {
        return createEnumerator(context);
    }

    @Override
    public SimpleVersionedSerializer<Partition> getSplitSerializer() {
        return new Numbers<>() {
            @Override
            Partition of(int number) {
                return new Partition(number);
            }

            @Override
            int number(Partition partition) {
                return partition.number();
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new Numbers<>() {
            @Override
            Integer of(int number) {
                return number;
            }

            @Override
            int number(Integer number) {
                return number;
            }
        };
    }

    private abstract static class Numbers<T> implements SimpleVersionedSerializer<T> {
        abstract T of(int number);

        abstract int number(T value);

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(number(value)).array();
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return of(ByteBuffer.wrap(bytes).getInt());
        }
    }
}
