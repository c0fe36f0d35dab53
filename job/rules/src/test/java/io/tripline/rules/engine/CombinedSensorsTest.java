package io.tripline.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.flood.Arrivals;
import io.tripline.rules.sketch.Overlap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What two sensors counted: the same once, different things together. */
class CombinedSensorsTest {
    private static final int SOURCES = 5_000;

    private static Arrivals arrivals(int from, int to) {
        Arrivals arrivals = new Arrivals();
        Random random = new Random(1);
        for (int source = 0; source < to; source++) {
            int packets = 1 + random.nextInt(5);
            if (source >= from) {
                arrivals.volume(0xffffL << 32, source, packets, packets * 60L);
            }
        }
        return arrivals;
    }

    @Test
    void shouldCountTheSameSourcesOnceHoweverMany() {
        for (int sources : new int[] {1, 100, SOURCES}) {
            Arrivals both = arrivals(0, sources);
            long packets = both.packets();

            both.combine(arrivals(0, sources));

            assertThat(both.packets()).isEqualTo(packets);
            assertThat(both.bytes()).isEqualTo(packets * 60);
        }
    }

    @Test
    void shouldAddUpSourcesThatTheOtherSensorDidNotSee() {
        for (int sources : new int[] {2, 100, SOURCES}) {
            Arrivals half = arrivals(0, sources / 2);

            half.combine(arrivals(sources / 2, sources));

            assertThat(half.packets()).isEqualTo(arrivals(0, sources).packets());
        }
    }

    @Test
    void shouldComeCloseWhereSensorsShareSomeSources() {
        Arrivals most = arrivals(0, SOURCES * 3 / 4);

        most.combine(arrivals(SOURCES / 4, SOURCES));

        long all = arrivals(0, SOURCES).packets();
        assertThat(most.packets()).isBetween(all * 85 / 100, all * 115 / 100);
    }

    @Test
    void shouldCountFromBelowWhereNothingTells() {
        assertThat(Overlap.of(0, 0, 7).combine(1_000, 400)).isEqualTo(1_000);
        assertThat(Overlap.of(0, 3, 7).combine(1_000, 400)).isEqualTo(1_400);
        assertThat(Overlap.of(2, 4, 7).combine(1_000, 400)).isEqualTo(1_200);
        assertThat(new Overlap(1 << 20, 1 << 21).combine(1L << 60, 1L << 60)).isEqualTo((1L << 60) + (1L << 59));
    }
}
