package io.tripline.analyze.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.analyze.report.chart.Scale.Linear;
import io.tripline.analyze.report.chart.Scale.Logarithmic;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void shouldMarkRoundNumbers() {
        assertThat(new Linear(0, 180, 0, 100).ticks(4)).containsExactly(0.0, 50.0, 100.0, 150.0);
        assertThat(new Linear(3, 9, 0, 100).ticks(6)).containsExactly(3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
        assertThat(Linear.fromZero(180, 4, 0, 100).high()).isEqualTo(200);
        assertThat(new Logarithmic(64, 100_000_000, 0, 100).ticks(7))
                .containsExactly(100.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8);
        assertThat(new Logarithmic(16, 400, 0, 100).ticks(7)).containsExactly(20.0, 50.0, 100.0, 200.0);
    }

    @Test
    void shouldKeepWhatLiesBeyondWithinItsBounds() {
        Linear linear = new Linear(0, 10, 100, 200);
        assertThat(linear.at(5)).isEqualTo(150);
        assertThat(linear.at(-5)).isEqualTo(100);
        assertThat(linear.at(50)).isEqualTo(200);
        assertThat(new Linear(7, 7, 100, 200).at(7)).isEqualTo(150);
        Logarithmic ratios = new Logarithmic(10, 1_000, 0, 100);
        assertThat(ratios.at(100)).isEqualTo(50);
        assertThat(ratios.at(0)).isZero();
        assertThat(ratios.at(1e9)).isEqualTo(100);
    }

    @Test
    void shouldMarkTimesThatPeopleCountBy() {
        TimeScale seconds = new TimeScale(1_795_329_621, 1_795_329_638, 7);
        assertThat(seconds.ticks().stream().map(seconds::text)).containsExactly("06:40:25", "06:40:30", "06:40:35");
        assertThat(seconds.title()).isEqualTo("time (UTC), 22 Nov 2026");
        TimeScale days = new TimeScale(1_795_329_621, 1_795_329_621 + 86_400 * 7, 7);
        assertThat(days.ticks().stream().map(days::text)).hasSize(7).startsWith("23 Nov");
    }
}
