package io.tripline.sensor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokerClockTest {
    private static final long SECOND = 1_000_000;
    private final BrokerClock clock = new BrokerClock();

    private void measure(long ahead, long trip) {
        long sent = 5_000 * SECOND + ahead;
        clock.measured(sent, sent + trip, (5_000 * SECOND + trip / 2) / 1_000);
    }

    @Test
    void shouldKnowNothingBeforeItMeasured() {
        assertThat(clock.isKnown()).isFalse();
        assertThat(clock.offset()).isZero();
        assertThat(clock.correction()).isZero();
    }

    @Test
    void shouldTakeTheFastestOfTheLastRoundTrips() {
        measure(1 * SECOND, 900_000);
        measure(300_000, 2_000);
        measure(700_000, 400_000);
        assertThat(clock.offset()).isBetween(298_000L, 302_000L);
        assertThat(clock.correction()).isZero();
    }

    @Test
    void shouldCorrectByWholeSecondsWhatIsOffByMoreThanTwo() {
        measure(-3_600 * SECOND - 200_000, 2_000);
        assertThat(clock.correction()).isEqualTo(3_600 * SECOND);
    }

    @Test
    void shouldKeepACorrectionUntilItIsOffByMoreThanTwoSecondsItself() {
        measure(10 * SECOND, 2_000);
        for (int i = 0; i < 32; i++) {
            measure(11_500_000, 2_000);
        }
        assertThat(clock.correction()).isEqualTo(-10 * SECOND);
        for (int i = 0; i < 32; i++) {
            measure(13 * SECOND, 2_000);
        }
        assertThat(clock.correction()).isEqualTo(-13 * SECOND);
    }

    @Test
    void shouldNotBelieveRoundTripsThatTookTooLong() {
        measure(60 * SECOND, 3 * SECOND);
        assertThat(clock.isKnown()).isFalse();
    }
}
