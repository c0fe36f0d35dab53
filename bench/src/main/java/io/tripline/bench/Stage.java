package io.tripline.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work whose processor time is measured: that of its own thread, so neither compilation nor garbage
 * collection is in it.
 */
@FunctionalInterface
interface Stage {
    ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    void run() throws IOException;

    /** Nanoseconds of processor time of the quickest of so many runs, besides half as many to warm up. */
    static long quickest(int rounds, Stage stage) throws IOException {
        for (int i = 0; i < rounds / 2; i++) {
            stage.run();
        }
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            quickest = Math.min(quickest, spent(stage));
        }
        return quickest;
    }

    /** Nanoseconds of processor time of one run. */
    static long spent(Stage stage) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        stage.run();
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    /** Keeps the compiler from seeing that nobody needs a result. */
    static void use(Object result) {
        Sink.last = result;
    }

    /** Where results go. */
    final class Sink {
        static volatile @Nullable Object last;

        private Sink() {}
    }
}
