package io.tripline.sensor.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The problems of one capture file. Keeps the first few and what ended the reading; counts the rest. */
final class ProblemLog {
    /** Problems kept for each file, besides the one that ends it. */
    static final int KEPT = 20;

    private final String file;
    private final List<CaptureProblem> problems = new ArrayList<>();
    private long count;
    private boolean ended;

    ProblemLog(String file) {
        this.file = file;
    }

    /** Notes damage that reading goes on behind. The reason is only put into words if it is kept. */
    void note(long offset, Supplier<String> reason) {
        count++;
        if (problems.size() < KEPT) {
            problems.add(new CaptureProblem(file, offset, reason.get(), false));
        }
    }

    /**
     * Notes what ends the reading of this file; always kept. What comes after the first is its consequence and left
     * out.
     */
    void fatal(long offset, String reason) {
        if (!ended) {
            ended = true;
            count++;
            problems.add(new CaptureProblem(file, offset, reason, true));
        }
    }

    /**
     * Notes that reading ends because of what a window holds, or no longer holds. A medium that lost bytes is the
     * better reason.
     *
     * @param reason what is wrong at {@code offset}; null where it is fine that the capture ends here
     */
    void end(Window window, long offset, @Nullable Supplier<String> reason) throws IOException {
        String words = reason == null ? null : reason.get();
        String damage = window.damage();
        if (damage != null) {
            fatal(window.end(), damage);
        } else if (words != null) {
            fatal(offset, words);
        }
    }

    List<CaptureProblem> problems() {
        return List.copyOf(problems);
    }

    /** All problems, kept or not. */
    long count() {
        return count;
    }
}
