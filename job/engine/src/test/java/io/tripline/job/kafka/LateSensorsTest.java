package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one sensor that is late does to the others, and what becomes of what it brings. Sensors are heard twice a second
 * of the broker's clock. In seconds since the start: when they are heard, and which time they have reached then; where
 * that is no number they are silent.
 */
class LateSensorsTest {
    private static final long START = 1_790_000_000L;
    private static final double HOLD_BACK = 5;
    /**
     * Seconds from the end of a second until it is complete where nobody is late, with half a second between
     * heartbeats.
     */
    private static final double USUAL = 2.5;

    private final PartitionTime time = new PartitionTime(Math.round(HOLD_BACK * 1_000));
    private final Map<String, DoubleUnaryOperator> sensors = new LinkedHashMap<>();
    private final Map<String, Boolean> replays = new LinkedHashMap<>();
    private final Map<String, Integer> late = new LinkedHashMap<>();
    private double now;
    private double worst;

    private void sensor(String name, DoubleUnaryOperator reached) {
        sensors.put(name, reached);
        late.put(name, 0);
    }

    /**
     * Reads on to a moment; afterwards {@link #worst} tells how far time was behind the broker's clock at worst since
     * the call.
     */
    private void readTo(double end) {
        worst = 0;
        for (; now <= end; now += 0.5) {
            double at = now;
            sensors.forEach((name, reached) -> hear(name, reached.applyAsDouble(at), at));
            if (now > 3) {
                worst = Math.max(worst, now - complete() - 1);
            }
        }
    }

    private void hear(String name, double reached, double at) {
        if (Double.isNaN(reached)) {
            return;
        }
        if (Math.floor(reached) <= complete()) {
            late.merge(name, 1, Integer::sum);
        }
        long micros = START * 1_000_000 + Math.round(reached * 1_000_000);
        time.heard(name, 1, micros, !replays.containsKey(name), false, START * 1_000 + Math.round(at * 1_000));
    }

    private double complete() {
        return time.complete() == PartitionTime.NONE ? Double.NEGATIVE_INFINITY : time.complete() - START;
    }

    private static double live(double at) {
        return at;
    }

    /** Away between two moments; afterwards it drains what it kept, as many times faster than it captured it. */
    private static DoubleUnaryOperator away(double from, double to, double speed) {
        return at -> at < from ? at : at < to ? Double.NaN : Math.min(at, from + (at - to) * speed);
    }

    @Test
    void shouldKeepOthersInTimeWhileASensorDrainsTenMinutesAtLittleMoreThanItsOwnSpeed() {
        sensor("live", LateSensorsTest::live);
        sensor("away", away(60, 660, 1.2));

        readTo(59);
        assertThat(worst).isLessThanOrEqualTo(USUAL);
        readTo(2_000);
        assertThat(worst).as("as for any silent sensor").isLessThanOrEqualTo(HOLD_BACK + USUAL);
        assertThat(time.leftBehind()).isEqualTo(1);
        assertThat(time.behind()).containsKey("away");
        readTo(4_500);
        assertThat(worst).as("when it has nearly caught up").isLessThanOrEqualTo(HOLD_BACK + USUAL);

        assertThat(time.leftBehind()).isZero();
        assertThat(time.behind()).isEmpty();
        int soFar = late.getOrDefault("away", 0);
        readTo(5_000);
        assertThat(worst).isLessThanOrEqualTo(USUAL);
        assertThat(late).containsEntry("live", 0).containsEntry("away", soFar);
    }

    @ParameterizedTest
    @ValueSource(doubles = {6, 30, 3_000})
    void shouldNotWaitForAClockThatIsBehind(double seconds) {
        sensor("live", LateSensorsTest::live);
        sensor("behind", at -> at - seconds);

        readTo(600);

        assertThat(worst).isLessThanOrEqualTo(HOLD_BACK + USUAL);
        assertThat(late).containsEntry("live", 0);
        assertThat(late.get("behind")).isGreaterThan(1_100);
        assertThat(time.behind()).containsEntry("behind", Math.round(seconds * 1_000));
    }

    @Test
    void shouldWaitForAClockThatIsBehindByLessThanTheHoldBack() {
        sensor("live", LateSensorsTest::live);
        sensor("slow", at -> at - 4);

        readTo(600);

        assertThat(worst).isLessThanOrEqualTo(4 + USUAL);
        assertThat(late).containsEntry("live", 0).containsEntry("slow", 0);
        assertThat(time.heldBack()).isEqualTo(4_000);
    }

    @Test
    void shouldNotWaitForASensorThatSaysTheYear1970() {
        sensor("live", LateSensorsTest::live);
        sensor("stolen", at -> -START);

        readTo(600);

        assertThat(worst).isLessThanOrEqualTo(USUAL);
        assertThat(late).containsEntry("live", 0);
    }

    @Test
    void shouldNotWaitForAnyNumberOfMadeUpRuns() {
        sensor("live", LateSensorsTest::live);
        for (double at = 0; at < 100; at += 0.5) {
            now = at;
            hear("live", at, at);
            time.heard(
                    "stolen",
                    Math.round(at * 2),
                    START * 1_000_000 + Math.round((at - 4.9) * 1_000_000),
                    true,
                    false,
                    START * 1_000 + Math.round(at * 1_000));
            time.heard("stolen", -Math.round(at * 2), 0, true, false, START * 1_000 + Math.round(at * 1_000));
            if (at > 3) {
                assertThat(at - complete() - 1).isLessThanOrEqualTo(HOLD_BACK + USUAL);
            }
        }
    }

    @Test
    void shouldNotMakeAllLateBecauseOneClockIsAhead() {
        sensor("ahead", at -> at + 59);
        sensor("one", LateSensorsTest::live);
        sensor("other", at -> at - 2);

        readTo(600);

        assertThat(worst).isLessThanOrEqualTo(2 + USUAL);
        assertThat(late).containsEntry("one", 0).containsEntry("other", 0);
    }

    @Test
    void shouldNotLetAReplayHoldBackLiveSensors() {
        sensor("live", LateSensorsTest::live);
        sensor("replay", at -> at < 100 ? Double.NaN : -3_600 + (at - 100) * 50);
        replays.put("replay", true);

        readTo(300);

        assertThat(worst).isLessThanOrEqualTo(USUAL);
        assertThat(late).containsEntry("live", 0);
        assertThat(late.get("replay")).isPositive();
    }

    @Test
    void shouldWaitForEachReplayWhereThereAreOnlyReplays() {
        sensor("one", at -> at * 10);
        sensor("hours ahead", at -> 7_200 + at * 10);
        replays.put("one", true);
        replays.put("hours ahead", true);

        readTo(100);

        assertThat(late).containsEntry("one", 0).containsEntry("hours ahead", 0);
    }

    /** The broker takes nothing from anybody meanwhile. */
    @ParameterizedTest
    @ValueSource(doubles = {70, 600, 3_000})
    void shouldLoseNothingWhenAllDrainAfterTheBrokerWasAway(double outage) {
        sensor("quick", away(60, 60 + outage, 100));
        sensor("busy", away(60, 60 + outage, 5));
        sensor("busiest", away(60, 60 + outage, 2.1));

        readTo(60 + outage * 2);

        assertThat(late).containsEntry("quick", 0).containsEntry("busy", 0).containsEntry("busiest", 0);
        assertThat(worst)
                .as("nobody is later than the outage made all")
                .isLessThanOrEqualTo(outage + USUAL + HOLD_BACK);
        readTo(60 + outage * 2 + 100);
        assertThat(worst).isLessThanOrEqualTo(USUAL);
    }

    @Test
    void shouldLoseNothingWhenASensorWasStartedWhileTheBrokerWasAway() {
        sensor("new", at -> at < 660 ? Double.NaN : at);
        sensor("old", away(60, 660, 4));
        sensor("started meanwhile", at -> at < 660 ? Double.NaN : Math.min(at, 200 + (at - 660) * 4));

        readTo(1_500);

        assertThat(late).containsEntry("new", 0).containsEntry("old", 0).containsEntry("started meanwhile", 0);
    }

    @Test
    void shouldLoseNothingWhenTheJobIsRestoredInTheMiddleOfTheBrokersAbsence() {
        now = 660;
        sensor("quick", away(60, 660, 100));
        sensor("busy", away(60, 660, 4));

        readTo(1_500);

        assertThat(late).containsEntry("quick", 0).containsEntry("busy", 0);
    }

    @Test
    void shouldNotWaitLongerForOneThatDrainsSlowlyThanTheBrokerWasAway() {
        sensor("quick", away(60, 660, 100));
        sensor("slow", away(60, 660, 1.2));

        readTo(700);
        double from = now;
        while (now < 1_400) {
            readTo(now);
            double most = Math.max(0, 660 + 600 - now) + HOLD_BACK;
            assertThat(worst)
                    .as("%.1f s after the broker is back", now - from)
                    .isLessThanOrEqualTo(most + HOLD_BACK + USUAL);
        }

        assertThat(late).containsEntry("quick", 0);
        assertThat(late.get("slow")).isPositive();
    }

    @Test
    void shouldNotCallItACommonDelayWhenTheOnlyOtherSensorWasRestarted() {
        sensor("restarted", at -> at > 1_000 && at < 1_010 ? Double.NaN : at);
        sensor("draining", away(60, 660, 3));

        readTo(900);
        int before = late.getOrDefault("draining", 0);
        readTo(1_400);

        assertThat(before).isPositive();
        assertThat(worst)
                .as("the pause itself, and no longer than usual afterwards")
                .isLessThanOrEqualTo(10 + HOLD_BACK + USUAL);
        readTo(1_450);
        assertThat(worst).isLessThanOrEqualTo(HOLD_BACK + USUAL);
        assertThat(late).containsEntry("restarted", 0);
    }

    @Test
    void shouldDecideTheSameWhenTheLogIsReadAgain() {
        sensor("quick", away(60, 200, 100));
        sensor("busy", away(60, 200, 4));
        sensor("slow", away(30, 200, 1.3));
        sensor("behind", at -> at - 7);
        PartitionTime again = new PartitionTime(Math.round(HOLD_BACK * 1_000));

        for (; now < 500; now += 0.5) {
            sensors.forEach((name, reached) -> {
                hear(name, reached.applyAsDouble(now), now);
                if (!Double.isNaN(reached.applyAsDouble(now))) {
                    again.heard(
                            name,
                            1,
                            START * 1_000_000 + Math.round(reached.applyAsDouble(now) * 1_000_000),
                            true,
                            false,
                            START * 1_000 + Math.round(now * 1_000));
                    again.nothingCame(900);
                }
                assertThat(again.complete()).isEqualTo(time.complete());
            });
        }
        assertThat(Stream.of("slow", "behind").map(late::get)).allMatch(count -> count > 0);
    }
}
