package io.tripline.job.kafka;

import io.tripline.schemas.PacketBatch;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;

/**
 * Batches that came before. A sensor sends again what it does not know to have arrived, to the partition where it sent
 * it before; what arrived both times must count once.
 *
 * <p>Memory: about 300 bytes for each run of a sensor in each partition, at most {@link #RUNS}; the one heard longest
 * ago gives way, and of that a batch that is sent again counts again.
 */
final class Repeats {
    static final int RUNS = 4_096;

    private static final ListStateDescriptor<BatchNumbers> NUMBERS =
            new ListStateDescriptor<>("batch-numbers", BatchNumbers.TYPE);

    private record Key(String sensor, long run, int partition) {}

    private final Map<Key, BatchNumbers> runs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, BatchNumbers> eldest) {
            return size() > RUNS;
        }
    };

    private final Set<Integer> mine = new HashSet<>();
    private final ListState<BatchNumbers> stored;

    /** Partitions may have moved between instances, so each instance gets what all have stored. */
    Repeats(OperatorStateStore store) throws Exception {
        stored = store.getUnionListState(NUMBERS);
        for (BatchNumbers numbers : stored.get()) {
            runs.put(new Key(numbers.sensor(), numbers.run(), numbers.partition()), numbers);
        }
    }

    /** This instance reads a partition from now on. */
    void assigned(int partition) {
        mine.add(partition);
    }

    /** Whether a batch came before in this partition. Batches of no run have no numbers that tell them apart. */
    boolean has(PacketBatch batch, int partition) {
        if (batch.getRun() == 0) {
            return false;
        }
        String sensor = batch.getSensor();
        long run = batch.getRun();
        return !runs.computeIfAbsent(new Key(sensor, run, partition), key -> new BatchNumbers(sensor, run, partition))
                .add(batch.getSequence());
    }

    void store() throws Exception {
        List<BatchNumbers> own = runs.values().stream()
                .filter(numbers -> mine.contains(numbers.partition()))
                .toList();
        stored.update(own);
    }
}
