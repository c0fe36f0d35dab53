package io.tripline.sensor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of times that go forward, back, and back and forth. Times in seconds, packets numbered as they come. */
class TimeOrderTest {
    private static final double HOUR = 3_600;
    private static final double CENTURY = 36_525 * 24 * HOUR;

    private record Given(int number, double time, @Nullable Disorder disorder) {}

    private TimeFaults faults = TimeFaults.NONE;

    private List<Given> given(List<Double> times) {
        TimeOrder order = new TimeOrder();
        List<Given> all = new ArrayList<>();
        for (double time : times) {
            order.offer(nanos(time), 60);
            drain(order, all);
        }
        order.end();
        drain(order, all);
        faults = order.faults();
        List<Integer> each = all.stream().map(Given::number).sorted().toList();
        assertThat(each.equals(numbers(times.size()))).as("each is given once").isTrue();
        return all;
    }

    private static void drain(TimeOrder order, List<Given> all) {
        while (order.poll()) {
            all.add(new Given((int) order.number(), order.time() / 1e9, order.disorder()));
        }
    }

    private static long nanos(double time) {
        return Math.round((1_700_000_000 + time) * 1e6) * 1_000;
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** From one time to another, so many in a second. */
    private static List<Double> line(double from, double to, double perSecond) {
        return DoubleStream.iterate(from, time -> time < to, time -> time + 1 / perSecond)
                .boxed()
                .toList();
    }

    @SafeVarargs
    private static List<Double> joined(List<Double>... parts) {
        List<Double> all = new ArrayList<>();
        for (List<Double> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private void assertAsTheyCame(List<Double> times) {
        assertThat(given(times)).extracting(Given::number).isSorted();
    }

    private void assertSorted(List<Double> times) {
        List<Integer> sorted = new ArrayList<>(numbers(times.size()));
        sorted.sort(Comparator.comparingLong(number -> nanos(times.get(number))));
        List<Integer> order = given(times).stream().map(Given::number).toList();
        assertThat(order.equals(sorted)).as("in order; %s", faults).isTrue();
        assertThat(faults.setBacks()).isZero();
        assertThat(faults.late()).isZero();
        assertThat(faults.ahead()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 20, 1_000})
    void shouldGiveWhatIsInOrderAsItComes(double perSecond) {
        List<Double> times = joined(line(0, 300, perSecond), line(40_000, 40_300, perSecond), List.of(90_000.0));

        assertAsTheyCame(times);

        assertThat(faults).isEqualTo(TimeFaults.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 20", "0.5, 1000", "2, 20", "2, 1000", "9, 20", "60, 20", "3600, 20", "3600, 1", "1e8, 20"})
    void shouldKeepTheOrderWhereTheClockIsSetBack(double by, double perSecond) {
        assertAsTheyCame(joined(line(0, 40, perSecond), line(40 - by, 100 - by, perSecond)));

        assertThat(faults.setBacks()).isEqualTo(1);
        assertThat(faults.furthestSetBack() / 1e9).isBetween(by - 1 / perSecond - 1e-3, by + 1e-3);
        assertThat(faults.reordered() + faults.late() + faults.ahead()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 9, 60, 3_600})
    void shouldKeepTheOrderWhereTheClockIsSetBackTwice(double by) {
        assertAsTheyCame(joined(line(0, 40, 20), line(40 - by, 80 - by, 20), line(80 - 2 * by, 120 - 2 * by, 20)));

        assertThat(faults.setBacks()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 20, 20", "1.6, 20, 20", "9, 20, 20", "1.6, 1, 200", "1.6, 200, 1", "9, 0.2, 100", "9, 100, 0.2"})
    void shouldSortTapsOfWhichOneIsLate(double late, double first, double second) {
        List<Double> arrival = new ArrayList<>();
        List<double[]> packets = new ArrayList<>();
        line(0, 120, first).forEach(time -> packets.add(new double[] {time, time}));
        line(0.0137, 120, second).forEach(time -> packets.add(new double[] {time, time + late}));
        packets.sort(Comparator.comparingDouble(packet -> packet[1]));
        packets.forEach(packet -> arrival.add(packet[0]));

        assertSorted(arrival);
        assertThat(faults.reordered()).isPositive();
    }

    @Test
    void shouldSortWhatIsShuffledWithinTheWindow() {
        for (int round = 0; round < 50; round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            double within = 1e-4 * Math.pow(10, random.nextDouble() * 4.9);
            double perSecond = 5 + random.nextInt(200);
            List<double[]> packets = new ArrayList<>();
            double time = 0;
            for (int i = 0; i < 2_000; i++) {
                time += random.nextDouble() / perSecond;
                packets.add(new double[] {time, time + random.nextDouble() * Math.min(9.9, within)});
            }
            packets.sort(Comparator.comparingDouble(packet -> packet[1]));
            try {
                assertSorted(packets.stream().map(packet -> packet[0]).toList());
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", within " + within + " s, " + perSecond + "/s", e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {11, HOUR, CENTURY})
    void shouldGiveAPacketOfTheFutureTheTimeOfItsNeighbours(double ahead) {
        List<Double> whole = line(0, 60, 20);
        for (int at : new int[] {0, 1, 500, whole.size() - 20, whole.size() - 2}) {
            List<Double> times = new ArrayList<>(whole);
            times.set(at, times.get(at) + ahead);

            List<Given> all = given(times);

            assertThat(all).extracting(Given::number).as("at %d", at).isSorted();
            assertThat(all.get(at).time() - 1_700_000_000).isCloseTo(whole.get(at), within(0.11));
            assertThat(all.get(at).disorder()).isEqualTo(Disorder.AHEAD);
            assertThat(all).extracting(Given::time).isSorted();
            assertThat(faults.ahead()).isEqualTo(1);
            assertThat(faults.setBacks()).isZero();
        }
    }

    @Test
    void shouldTakeALastPacketFarAheadAsItIs() {
        assertAsTheyCame(joined(line(0, 60, 20), List.of(HOUR)));

        assertThat(faults).isEqualTo(TimeFaults.NONE);
    }

    @Test
    void shouldGiveAPacketFarBehindTheTimeOfItsNeighbours() {
        List<Double> times = line(0, 60, 20);
        times = new ArrayList<>(times);
        times.set(600, times.get(600) - HOUR);

        List<Given> all = given(times);

        assertThat(all).extracting(Given::number).isSorted();
        assertThat(all).extracting(Given::time).isSorted();
        assertThat(all.get(600).disorder()).isEqualTo(Disorder.LATE);
        assertThat(faults.late()).isEqualTo(1);
    }

    /** Two taps whose clocks are an hour apart are no clock that is set back twenty times a second. */
    @Test
    void shouldNotFollowTapsThatAreAnHourApartBackAndForth() {
        List<Double> times = new ArrayList<>();
        for (double time : line(0, 60, 20)) {
            times.add(time);
            times.add(time + HOUR + 0.01);
        }

        List<Given> all = given(times);

        assertThat(faults.setBacks()).isLessThanOrEqualTo(1);
        assertThat(Collections.max(all, Comparator.comparingDouble(Given::time)).time()
                        - Collections.min(all, Comparator.comparingDouble(Given::time))
                                .time())
                .isLessThan(HOUR + 120);
    }

    @Test
    void shouldBoundWhatWaits() {
        TimeOrder order = new TimeOrder();
        Random random = new Random(4);
        int taken = 0;
        for (int i = 0; i < 600_000; i++) {
            order.offer(nanos(random.nextDouble() * 9), 60);
            taken += order.poll() ? 1 : 0;
            while (i - taken > TimeOrder.MOST_PACKETS + TimeOrder.MOST_UNDECIDED) {
                assertThat(order.poll()).isTrue();
                taken++;
            }
        }
    }
}
