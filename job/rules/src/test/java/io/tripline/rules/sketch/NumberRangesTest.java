package io.tripline.rules.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Against a plain set of numbers. */
class NumberRangesTest {
    private static final long SEED = 20_260_714;

    @Test
    void shouldMissWhatWasNotAddedInWhateverOrderTheRestCame() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            NumberRanges ranges = new NumberRanges();
            Set<Long> numbers = new TreeSet<>();
            for (int i = 0; i < 100; i++) {
                long number = random.nextInt(150);
                ranges.add(number);
                numbers.add(number);
            }
            int from = random.nextInt(150);
            int to = random.nextInt(150);
            long present = numbers.stream()
                    .filter(number -> number >= from && number <= to)
                    .count();
            assertThat(ranges.missing(from, to))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(Math.max(0, to - from + 1) - present);
            ranges.forgetUpTo(from);
            numbers.removeIf(number -> number <= from);
            assertThat(ranges.isEmpty()).isEqualTo(numbers.isEmpty());
            assertThat(ranges.missing(from + 1, 150)).isEqualTo(150 - from - numbers.size());
        }
    }

    @Test
    void shouldStaySmallWhateverComes() {
        NumberRanges ranges = new NumberRanges();
        ranges.add(-1);
        ranges.add(Long.MAX_VALUE);
        assertThat(ranges.isEmpty()).isTrue();
        for (long number = 0; number < 20_000; number += 2) {
            ranges.add(number);
        }

        assertThat(ranges.missing(0, 20_000)).isLessThan(5_000);
    }
}
