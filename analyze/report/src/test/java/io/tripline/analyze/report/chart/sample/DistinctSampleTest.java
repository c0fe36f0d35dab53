package io.tripline.analyze.report.chart.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DistinctSampleTest {
    private static DistinctSample<Long> of(List<Long> things, int capacity) {
        DistinctSample<Long> sample = new DistinctSample<>(capacity);
        for (long thing : things) {
            long hash = Hash.spread(thing);
            if (sample.takes(hash)) {
                sample.put(hash, thing);
            }
        }
        return sample;
    }

    @Test
    void shouldKeepAllWhileTheyAreFew() {
        DistinctSample<Long> sample = of(List.of(1L, 2L, 3L, 2L), 3);

        assertThat(sample.things()).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(sample.sampled()).isFalse();
        assertThat(sample.distinct()).isEqualTo(3);
    }

    @Test
    void shouldKeepTheSameWhateverTheOrderAndSayAboutHowManyThereWere() {
        long seed = System.nanoTime();
        List<Long> things = new ArrayList<>();
        for (long i = 0; i < 100_000; i++) {
            things.add(i);
        }
        DistinctSample<Long> inOrder = of(things, 2_048);
        Collections.shuffle(things, new Random(seed));
        DistinctSample<Long> shuffled = of(things, 2_048);

        assertThat(new TreeSet<>(shuffled.things())).as("seed %d", seed).isEqualTo(new TreeSet<>(inOrder.things()));
        assertThat(inOrder.size()).isBetween(1_000, 2_048);
        assertThat(inOrder.sampled()).isTrue();
        assertThat(inOrder.distinct()).isBetween(90_000L, 110_000L);
    }

    @Test
    void shouldBeBoundedWhereHashesAreChosenSoThatAllStay() {
        DistinctSample<Long> sample = new DistinctSample<>(4);
        for (long hash = 1; hash < 1_000; hash++) {
            if (sample.takes(hash)) {
                sample.put(hash, hash);
            }
        }

        assertThat(sample.size()).isLessThanOrEqualTo(4);
    }
}
