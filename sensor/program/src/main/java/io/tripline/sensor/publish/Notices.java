package io.tripline.sensor.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells a person what goes wrong while the sensor runs: each kind at once, then at most once a minute. */
public final class Notices {
    private static final long SILENCE = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Integer> untold = new HashMap<>();
    private final Consumer<String> lines;
    private final LongSupplier nanos;

    public Notices(Consumer<String> lines) {
        this(lines, System::nanoTime);
    }

    Notices(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
    }

    /** Tells a line of some kind. */
    public synchronized void tell(String kind, String line) {
        long now = nanos.getAsLong();
        Long last = told.get(kind);
        if (last != null && now - last < SILENCE) {
            untold.merge(kind, 1, Integer::sum);
            return;
        }
        told.put(kind, now);
        Integer more = untold.remove(kind);
        lines.accept(more == null ? line : line + " (and " + more + " times since the last report)");
    }

    /** Tells that what was told of some kinds is over; nothing where nothing was. */
    public synchronized void over(String kind, String line) {
        untold.remove(kind);
        if (told.remove(kind) != null) {
            lines.accept(line);
        }
    }
}
