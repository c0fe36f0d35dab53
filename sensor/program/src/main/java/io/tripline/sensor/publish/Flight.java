package io.tripline.sensor.publish;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Batches that were handed to the destination and are not known to be safe, in the order of sending. Bounded:
 * {@link #isFull}. What comes back is tried again in that order. For the publishing thread.
 */
final class Flight {
    /** Bytes on their way at most. */
    static final long WINDOW = 16 << 20;

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Destination destination;
    private final WallClock clock;
    private final Runnable wake;
    private final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Outgoing> batches = new ArrayDeque<>();
    private final AtomicInteger failed = new AtomicInteger();
    private long bytes;
    private int waiting;
    private long retryAt;

    /** What the destination says of a batch. */
    record Report(Outgoing batch, long acked, long appended, Destination.@Nullable Failure failure, String reason) {}

    Flight(Destination destination, WallClock clock, Runnable wake) {
        this.destination = destination;
        this.clock = clock;
        this.wake = wake;
    }

    void send(Outgoing batch) {
        batches.add(batch);
        bytes += batch.bytes.length;
        hand(batch);
    }

    private void hand(Outgoing batch) {
        batch.state = Outgoing.State.SENT;
        batch.sentMicros = clock.micros();
        batch.sentNanos = System.nanoTime();
        destination.send(batch, (sent, appended, failure, reason) -> {
            if (failure != null) {
                failed.incrementAndGet();
            }
            reports.add(new Report(sent, clock.micros(), appended, failure, reason));
            wake.run();
        });
    }

    /** What the destination has said since; null where nothing. The caller settles the batch. */
    @Nullable
    Report poll() {
        Report report = reports.poll();
        if (report != null && report.failure() != null) {
            failed.decrementAndGet();
        }
        return report;
    }

    /** The batch is safe or given up. */
    void done(Outgoing batch, Consumer<Outgoing> leaving) {
        batch.state = Outgoing.State.DONE;
        Outgoing first = batches.peek();
        while (first != null && first.state == Outgoing.State.DONE) {
            batches.remove();
            bytes -= first.bytes.length;
            leaving.accept(first);
            first = batches.peek();
        }
    }

    /** The batch came back and is to be sent again after a pause. */
    void again(Outgoing batch) {
        batch.state = Outgoing.State.WAITING;
        waiting++;
        retryAt = System.nanoTime() + PAUSE;
    }

    /** Sends again what came back, in order, when the pause is over. */
    void retry() {
        if (waiting == 0 || System.nanoTime() - retryAt < 0) {
            return;
        }
        for (Outgoing batch : batches) {
            if (batch.state == Outgoing.State.WAITING) {
                waiting--;
                hand(batch);
                if (failed.get() > 0) {
                    retryAt = System.nanoTime() + PAUSE;
                    return; // still away, and finding that out took a while
                }
            }
        }
    }

    /** Whether something came back. */
    boolean isHeldUp() {
        return waiting > 0 || failed.get() > 0;
    }

    boolean isFull() {
        return bytes >= WINDOW;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** How long the oldest batch has been on its way, nanoseconds. */
    long age() {
        Outgoing first = batches.peek();
        return first == null ? 0 : System.nanoTime() - first.sentNanos;
    }

    /** Those not known to be safe, oldest first. */
    List<Outgoing> unsettled() {
        return batches.stream()
                .filter(batch -> batch.state != Outgoing.State.DONE)
                .toList();
    }
}
