package io.tripline.stack;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Looks again and again until something is so, or time is up. */
public record Deadline(long nanoTime) {
    private static final Duration PAUSE = Duration.ofMillis(100);

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public boolean isOver() {
        return System.nanoTime() - nanoTime >= 0;
    }

    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** The first answer that is not null. A failure counts as no answer yet; the last one is told when time is up. */
    public <T> T first(String what, Callable<@Nullable T> question) {
        Exception last = null;
        do {
            try {
                T answer = question.call();
                if (answer != null) {
                    return answer;
                }
                last = null;
            } catch (StackError decided) {
                throw decided;
            } catch (Exception notYet) {
                last = notYet;
            }
            pause();
        } while (!isOver());
        String message = "timed out waiting until " + what;
        throw last == null ? new StackError(message) : new StackError(message + ": " + last, last);
    }

    /** Returns as soon as it is so. */
    public void until(String what, Callable<Boolean> question) {
        first(what, () -> Boolean.TRUE.equals(question.call()) ? Boolean.TRUE : null);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StackError("interrupted", stop);
        }
    }
}
