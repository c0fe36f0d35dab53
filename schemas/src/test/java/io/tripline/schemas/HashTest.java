package io.tripline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class HashTest {
    @Test
    void shouldGiveTheSameForEver() {
        assertThat(Hash.mix(1, 2)).isEqualTo(0x2061_13b5_bfb7_b06bL);
        assertThat(Hash.append(Hash.start(), 1)).isEqualTo(0x92fa_164a_f890_9620L);
        assertThat(Hash.finish(1)).isEqualTo(0x4179_b061_e0c0_e0d0L);
        // Of SplitMix64 seeded with 0, as published with it.
        assertThat(Hash.spread(0x9e37_79b9_7f4a_7c15L)).isEqualTo(0xe220_a839_7b1d_cdafL);
    }

    @Test
    void shouldTellTheOrderOfTwoNumbers() {
        assertThat(Hash.mix(1, 2)).isNotEqualTo(Hash.mix(2, 1));
    }

    @Test
    void shouldMoveAboutHalfOfTheBitsForAnyBit() {
        long seed = System.nanoTime();
        assertThat(moved(Hash::spread, seed)).as("spread, seed %d", seed).isBetween(30.0, 34.0);
        assertThat(moved(Hash::finish, seed)).as("finish, seed %d", seed).isBetween(30.0, 34.0);
        assertThat(moved(low -> Hash.mix(seed, low) >>> 32, seed))
                .as("upper half of mix, seed %d", seed)
                .isGreaterThan(12.0);
    }

    /** Bits of a hash that change with one bit of the number, on average. */
    private static double moved(LongUnaryOperator hash, long seed) {
        Random random = new Random(seed);
        long bits = 0;
        int times = 10_000;
        for (int i = 0; i < times; i++) {
            long number = random.nextLong();
            long other = number ^ 1L << random.nextInt(Long.SIZE);
            bits += Long.bitCount(hash.applyAsLong(number) ^ hash.applyAsLong(other));
        }
        return (double) bits / times;
    }
}
