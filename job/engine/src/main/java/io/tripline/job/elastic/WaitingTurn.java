package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The thread of a program that does nothing else: steps happen while it waits for something. */
final class WaitingTurn implements Turn {
    private static final long LOOK_NANOSECONDS = 100_000_000;

    private record Timed(long due, Step step) {}

    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timed> later = new PriorityQueue<>(Comparator.comparingLong(Timed::due));
    private final long begun = System.nanoTime();

    @Override
    public void take(Step step) {
        steps.add(step);
    }

    @Override
    public void takeAfter(Duration delay, Step step) {
        later.add(new Timed(now() + delay.toNanos(), step));
    }

    @Override
    public long now() {
        return System.nanoTime() - begun;
    }

    /** Does what is to do until something holds. */
    void run(BooleanSupplier holds) throws IOException {
        try {
            while (!holds.getAsBoolean()) {
                Timed next = later.peek();
                if (next != null && next.due() <= now()) {
                    later.remove().step().run();
                    continue;
                }
                long rest = next == null ? LOOK_NANOSECONDS : Math.min(LOOK_NANOSECONDS, next.due() - now());
                @Nullable Step step = steps.poll(rest, TimeUnit.NANOSECONDS);
                if (step != null) {
                    step.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticException("interrupted while waiting for Elasticsearch", e);
        }
    }
}
