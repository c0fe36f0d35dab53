package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The thread of a test in place of a task's, with a clock of its own: steps happen while it waits, and time goes on
 * where no answer is to be had. Rests take no time, but are noted.
 */
final class TestTurn implements Turn {
    private static final long DEADLINE_SECONDS = 30;
    private static final long ANSWER_MILLIS = 5;

    private record Timed(long due, Step step) {}

    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timed> later = new PriorityQueue<>(Comparator.comparingLong(Timed::due));
    private final List<Duration> rests = new ArrayList<>();
    private long now;

    @Override
    public void take(Step step) {
        steps.add(step);
    }

    @Override
    public void takeAfter(Duration delay, Step step) {
        rests.add(delay);
        later.add(new Timed(now + delay.toNanos(), step));
    }

    @Override
    public long now() {
        return now;
    }

    List<Duration> rests() {
        return rests;
    }

    /** Does steps until something holds. */
    void until(BooleanSupplier holds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come to be within " + DEADLINE_SECONDS + " s");
            }
            Step step = steps.poll(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            if (step != null) {
                step.run();
            } else if (!later.isEmpty()) {
                now = Math.max(now, later.element().due());
                later.remove().step().run();
            }
        }
    }

    /** Lets so much time pass, with answers that come on the thread that asks. */
    void pass(Duration length) throws IOException {
        long end = now + length.toNanos();
        while (true) {
            Step step = steps.poll();
            if (step != null) {
                step.run();
            } else if (!later.isEmpty() && later.element().due() <= end) {
                now = Math.max(now, later.element().due());
                later.remove().step().run();
            } else {
                now = end;
                return;
            }
        }
    }
}
