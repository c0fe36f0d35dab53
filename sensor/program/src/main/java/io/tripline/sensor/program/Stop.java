package io.tripline.sensor.program;

import io.tripline.shell.ExitStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGTERM and SIGINT end a run in order: the run sees that it is asked for, and the process waits for it to
 * finish.
 */
final class Stop {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status = ExitStatus.DONE;

    /** From now on signals ask for a stop. */
    void onSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "tripline-stop"));
    }

    private void signalled() {
        if (finished.getCount() == 0) {
            return;
        }
        ask();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void ask() {
        asked.countDown();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits until a stop is asked for; whether it was. */
    boolean await(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    /** The run is over. */
    void finish(int exitStatus) {
        status = exitStatus;
        finished.countDown();
    }
}
