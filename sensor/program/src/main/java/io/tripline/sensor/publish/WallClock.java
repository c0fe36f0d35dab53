package io.tripline.sensor.publish;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** This machine's clock, which may be wrong. */
@FunctionalInterface
public interface WallClock {
    /** Microseconds since 1970-01-01T00:00:00Z. */
    long micros();

    /** The system's clock. */
    static WallClock system() {
        return () -> {
            Instant now = Instant.now();
            return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
        };
    }
}
