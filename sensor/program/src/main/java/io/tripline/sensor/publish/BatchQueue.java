package io.tripline.sensor.publish;

import io.tripline.schemas.PacketBatch;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches from the capture threads to the publishing thread. Bounded by what the batches hold, not by their
 * number: a record takes about 180 bytes of memory, wherever it is.
 */
final class BatchQueue {
    /** What an empty batch counts for. */
    private static final int FRAME = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition left = lock.newCondition();
    private final ArrayDeque<PacketBatch> batches = new ArrayDeque<>();
    private final int most;
    private int entries;
    private boolean woken;
    private boolean closed;

    /** Room for so many records and volumes. */
    BatchQueue(int most) {
        this.most = most;
    }

    /** Adds a batch where there is room; never waits. */
    boolean offer(PacketBatch batch) {
        lock.lock();
        try {
            return !closed && entries < most && add(batch);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a batch; waits for room.
     *
     * @throws InterruptedException also when the queue is closed
     */
    void put(PacketBatch batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (entries >= most && !closed) {
                left.await();
            }
            if (closed) {
                throw new InterruptedException("the queue is closed");
            }
            add(batch);
        } finally {
            lock.unlock();
        }
    }

    private boolean add(PacketBatch batch) {
        batches.add(batch);
        entries += weight(batch);
        arrived.signal();
        return true;
    }

    /** The next batch; null where none comes within the time, or {@link #wake} was called. */
    @Nullable
    PacketBatch poll(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(millis, true);
            PacketBatch batch = batches.poll();
            if (batch != null) {
                entries -= weight(batch);
                left.signal();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@link #wake} alone. */
    void rest(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(millis, false);
        } finally {
            lock.unlock();
        }
    }

    private void await(long millis, boolean orBatch) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        while (left > 0 && !woken && !(orBatch && !batches.isEmpty())) {
            left = arrived.awaitNanos(left);
        }
        woken = false;
    }

    /** Lets whoever waits go on. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody takes batches any more, but for those that are there. */
    void close() {
        lock.lock();
        try {
            closed = true;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Batches waiting. */
    int size() {
        lock.lock();
        try {
            return batches.size();
        } finally {
            lock.unlock();
        }
    }

    private static int weight(PacketBatch batch) {
        return FRAME + batch.getRecords().size() + batch.getVolumes().size();
    }
}
