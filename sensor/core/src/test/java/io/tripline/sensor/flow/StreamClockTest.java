package io.tripline.sensor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamClockTest {
    private static final long SECOND = StreamClock.SECOND;
    private final StreamClock clock = new StreamClock();

    private long advance(double seconds) {
        return clock.advance(Math.round(seconds * 1e9));
    }

    @Test
    void shouldKeepCaptureTimeInOrdinaryOrder() {
        assertThat(advance(100)).isEqualTo(100 * SECOND);
        assertThat(advance(101.5)).isEqualTo(101_500_000);
        assertThat(advance(100.5)).isEqualTo(100_500_000);
        assertThat(clock.newest()).isEqualTo(101_500_000);
        assertThat(clock.outOfOrder()).isZero();
    }

    @Test
    void shouldRaiseStragglersToTheBoundAndCountThem() {
        advance(100);
        assertThat(advance(98)).isEqualTo(99 * SECOND);
        assertThat(advance(100.1)).isEqualTo(100_100_000);
        assertThat(clock.outOfOrder()).isEqualTo(1);
        assertThat(clock.shift()).isZero();
    }

    @Test
    void shouldGoOnAtTheNextFullSecondWhenTheClockWasSetBack() {
        advance(1_000.7);
        for (int i = 1; i < StreamClock.SET_BACK; i++) {
            assertThat(advance(10.25)).isEqualTo(999_700_000);
        }
        assertThat(advance(10.25)).isEqualTo(1_001_250_000);
        assertThat(clock.shift()).isEqualTo(991 * SECOND);
        assertThat(clock.outOfOrder()).isEqualTo(StreamClock.SET_BACK - 1);
        assertThat(advance(11)).isEqualTo(1_002 * SECOND);
    }

    @Test
    void shouldTakeStragglersInARowOnlyForASetBackWhenNothingIsInBetween() {
        for (int i = 0; i < 40; i++) {
            advance(100 + i * 0.01);
            advance(50);
        }
        assertThat(clock.shift()).isZero();
    }

    @Test
    void shouldTakeJumpsForwardAsTheyCome() {
        advance(100);
        assertThat(advance(1e9)).isEqualTo(1_000_000_000L * SECOND);
    }

    @Test
    void shouldStandStillAtTheBoundsAndNeverOverflow() {
        assertThat(clock.advance(Long.MIN_VALUE)).isZero();
        long newest = 0;
        for (int round = 0; round < 100_000; round++) {
            long time = clock.advance(round % 64 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
            assertThat(time).isBetween(newest - SECOND, StreamClock.LAST);
            newest = Math.max(newest, time);
        }
        assertThat(clock.newest()).isEqualTo(StreamClock.LAST);
    }

    @Test
    void shouldBeginAReplayInTheMinuteAfterItWasStarted() {
        StreamClock replay = new StreamClock(1_000_000 * SECOND);
        assertThat(replay.advance(7_000_000_000L)).isEqualTo(1_000_027 * SECOND);
        assertThat(replay.shift()).isEqualTo(1_000_020 * SECOND);
        assertThat(replay.shift() % (60 * SECOND)).isZero();
        assertThat(replay.advance(8_500_000_000L)).isEqualTo(1_000_028_500_000L);
    }

    @Test
    void shouldAddTheCorrectionToEveryTime() {
        clock.correct(-30 * SECOND);
        assertThat(advance(100)).isEqualTo(70 * SECOND);
        assertThat(clock.stream(101 * SECOND)).isEqualTo(71 * SECOND);
        assertThat(clock.shift()).isZero();
    }

    @Test
    void shouldNotGoBackWhenTheCorrectionDoes() {
        advance(100);
        clock.correct(-30 * SECOND);
        long newest = 0;
        for (int i = 0; i < 40; i++) {
            advance(100 + i * 0.01);
            assertThat(clock.newest()).isGreaterThanOrEqualTo(newest);
            newest = clock.newest();
        }
        assertThat(clock.shift()).isEqualTo(31 * SECOND);
    }

    @Test
    void shouldTakeTimeThatPassesWithoutPackets() {
        advance(100);
        clock.reach(105 * SECOND);
        clock.reach(103 * SECOND);
        assertThat(clock.newest()).isEqualTo(105 * SECOND);
        assertThat(advance(104.5)).isEqualTo(104_500_000);
        assertThat(clock.outOfOrder()).isZero();
    }
}
