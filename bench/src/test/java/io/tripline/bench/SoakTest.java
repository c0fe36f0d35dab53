package io.tripline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.bench.SpoofedSpray.Tap;
import io.tripline.rules.probe.slowscan.FailureLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two hours under false addresses, in event time; rate and room are a 128th of what one instance of the job has. */
class SoakTest {
    private static final int PART = 128;
    private static final int RATE = 4_096 / PART;
    private static final FailureLimits LIMITS = new FailureLimits(
            FailureLimits.DEFAULT.firsts() / PART,
            FailureLimits.DEFAULT.further() / PART,
            FailureLimits.DEFAULT.once() / PART);

    /** Those of the last minute, and those of whom one failure is remembered. */
    private static final int ACTORS = 64 * RATE + LIMITS.firsts() * 3 / 2;

    @ParameterizedTest(name = "answered {0}, tap sees answers {1}")
    @CsvSource({"true, true", "false, true", "true, false", "false, false"})
    void shouldStayBoundedAndFindTheSlowScan(boolean answered, boolean seesAnswers) {
        Soak.Figures figures = Soak.play(new Tap(answered, seesAnswers), RATE, Soak.SECONDS, LIMITS, false);

        assertThat(figures.actors()).isBetween(60 * RATE, ACTORS);
        assertThat(figures.found()).isTrue();
        if (answered == seesAnswers || !seesAnswers) {
            long failed = (long) RATE * (Soak.SECONDS - 60);
            assertThat(figures.notKept()).isBetween(failed - 3L * LIMITS.firsts(), failed + LIMITS.firsts());
        }
    }
}
