package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;

/** The one thread that everything of a writer happens on, and its clock. */
interface Turn {
    /** What to do there; what it throws fails the job. */
    interface Step {
        void run() throws IOException;
    }

    /** Does something on that thread, soon. From any thread; nothing happens once the writer is closed. */
    void take(Step step);

    /** Does something on that thread after a while. */
    void takeAfter(Duration delay, Step step);

    /** Nanoseconds from some moment on. */
    long now();
}
