package io.tripline.analyze;

import io.tripline.schemas.PacketBatch;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches from the capture thread to the job: bounded, so that a slow job slows the reading down. Batches pass by
 * reference.
 */
final class BatchQueue {
    /** Half a million packet records, some 70 MiB: what can be read while the job starts. */
    private static final int CAPACITY = 512;

    private final ArrayDeque<PacketBatch> batches = new ArrayDeque<>(CAPACITY);
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable Throwable failure;
    private boolean finished;
    private boolean cancelled;

    /** Adds a batch; waits while the queue is full. */
    synchronized void put(PacketBatch batch) {
        boolean interrupted = false;
        while (batches.size() == CAPACITY && !cancelled) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                cancelled = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!cancelled) {
            batches.add(batch);
            available.complete(null);
        }
    }

    /** No more batches will come. */
    synchronized void finish(@Nullable Throwable cause) {
        finished = true;
        failure = cause;
        available.complete(null);
    }

    /** Nobody will take batches any more. */
    synchronized void cancel() {
        cancelled = true;
        batches.clear();
        notifyAll();
    }

    /** The next batch, for which this waits; null where no more will come. */
    @Nullable
    PacketBatch take() throws CaptureFailure, InterruptedException {
        while (true) {
            PacketBatch batch = poll();
            if (batch != null || isFinished()) {
                return batch;
            }
            try {
                available().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("never completes so", e);
            }
        }
    }

    /** The next batch; null where there is none now. */
    synchronized @Nullable PacketBatch poll() throws CaptureFailure {
        PacketBatch batch = batches.poll();
        if (batch != null) {
            if (batches.size() == CAPACITY / 2) {
                notifyAll();
            }
            return batch;
        }
        if (failure != null) {
            throw new CaptureFailure(failure);
        }
        if (!finished && available.isDone()) {
            available = new CompletableFuture<>();
        }
        return null;
    }

    /** Whether all batches were taken and no more will come. */
    synchronized boolean isFinished() {
        return finished && batches.isEmpty();
    }

    /** Completes when {@link #poll} is worth a try. */
    synchronized CompletableFuture<Void> available() {
        return available;
    }

    /** Reading the captures failed. */
    static final class CaptureFailure extends Exception {
        CaptureFailure(Throwable cause) {
            super(cause);
        }
    }
}
