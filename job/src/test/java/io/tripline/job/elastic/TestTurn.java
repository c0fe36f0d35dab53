package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The thread of a test in place of a task's: steps happen while it waits. Rests take no time, but are noted. */
final class TestTurn implements Turn {
    private static final long DEADLINE_SECONDS = 30;

    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final List<Duration> rests = new ArrayList<>();

    @Override
    public void take(Step step) {
        steps.add(step);
    }

    @Override
    public void takeAfter(Duration delay, Step step) {
        rests.add(delay);
        steps.add(step);
    }

    List<Duration> rests() {
        return rests;
    }

    /** Does steps until something holds. */
    void until(BooleanSupplier holds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!holds.getAsBoolean()) {
            Step step = steps.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (step == null) {
                throw new AssertionError("did not come to be within " + DEADLINE_SECONDS + " s");
            }
            step.run();
        }
    }
}
