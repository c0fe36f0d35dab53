package io.tripline.sensor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeScaleTest {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    @ParameterizedTest
    @CsvSource({
        "6, 0, 1_500_000, 1_500_000_000",
        "9, 0, 1_500_000, 1_500_000",
        "0, 0, 7, 7_000_000_000",
        "12, 0, 1_999, 1",
        "3, 100, 1, 100_001_000_000",
        "6, -1, 0, -1_000_000_000",
        "0x80, 0, 7, 7_000_000_000",
        "0x81, 0, 3, 1_500_000_000",
        "0x8a, 0, 1024, 1_000_000_000",
        "0xa0, 0, 6_442_450_944, 1_500_000_000",
        "127, 0, -1, 0",
        "0xff, 0, -1, 0"
    })
    void shouldScaleTicks(String resolution, long offset, String ticks, String nanos) {
        assertThat(new TimeScale(Integer.decode(resolution), offset).nanos(number(ticks)))
                .isEqualTo(number(nanos));
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace("_", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 0, -1",
        "0x80, 0, -1",
        "0x81, 0, -1",
        "9, 0, -1",
        "9, 9223372036854775807, 0",
        "9, 1, 9223372036854775807"
    })
    void shouldSaturateBeyondTheLargestTime(String resolution, long offset, long ticks) {
        assertThat(new TimeScale(Integer.decode(resolution), offset).nanos(ticks))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldSaturateBelowTheSmallestTime() {
        assertThat(new TimeScale(6, Long.MIN_VALUE).nanos(0)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldAgreeWithUnboundedArithmetic() {
        long seed = Long.getLong("tripline.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int resolution = random.nextInt(256);
            long ticks = random.nextLong() >>> random.nextInt(64);
            BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks));
            BigInteger perSecond =
                    (resolution & 0x80) != 0 ? BigInteger.TWO.pow(resolution & 0x7f) : BigInteger.TEN.pow(resolution);
            BigInteger exact = unsigned.multiply(BILLION).divide(perSecond);
            // The one place where a nanosecond is given up: ticks too small for any count of them to reach two.
            BigInteger expected = resolution >= 28 && resolution < 0x80
                    ? BigInteger.ZERO
                    : exact.min(BigInteger.valueOf(Long.MAX_VALUE));
            assertThat(new TimeScale(resolution, 0).nanos(ticks))
                    .as("seed %d, resolution %d, ticks %s", seed, resolution, unsigned)
                    .isEqualTo(expected.longValueExact());
        }
    }
}
