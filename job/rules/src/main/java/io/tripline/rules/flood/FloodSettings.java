package io.tripline.rules.flood;

import io.tripline.rules.engine.Thresholds;
import java.io.Serializable;
import java.time.Duration;

/** Thresholds that every rule about floods has; most have more. */
public interface FloodSettings extends Serializable {
    /** No window of a rule is longer, seconds: so much is kept of each target that is busy. */
    int LONGEST_WINDOW = 60;

    /** Packets a second; no line carries more. */
    long MOST_RATE = 100_000_000;

    /** How long the rate is measured, whole seconds. */
    Duration window();

    /** So many a second on average over {@link #window}. */
    long rate();

    /** And so many times the target's own median. */
    int timesBaseline();

    /** How long a slower flood is measured, whole seconds. */
    Duration persistentWindow();

    /** So many a second on average over {@link #persistentWindow}. */
    long persistentRate();

    /** Checks what the settings of all floods have; more may follow. */
    static Thresholds check(
            Duration window, long rate, int timesBaseline, Duration persistentWindow, long persistentRate) {
        Duration shortest = Duration.ofSeconds(1);
        Duration longest = Duration.ofSeconds(LONGEST_WINDOW);
        return Thresholds.check()
                .between("window", window, shortest, longest)
                .between("rate", rate, 1, MOST_RATE)
                .between("persistentWindow", persistentWindow, shortest, longest)
                .between("persistentRate", persistentRate, 1, MOST_RATE)
                .notAbove("persistentRate", persistentRate, "rate", rate)
                .between("timesBaseline", timesBaseline, 1, 1_000);
    }
}
