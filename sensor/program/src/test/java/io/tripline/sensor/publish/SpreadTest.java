package io.tripline.sensor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which partition a batch goes to. */
class SpreadTest {
    private long now;
    private final Spread spread = new Spread(() -> now);

    private static int of(String sensor, long sequence) {
        return Spread.of(new Outgoing(sensor, 1, 0, 0, new byte[0], sequence, Outgoing.ANY, false), 3);
    }

    @Test
    void shouldKeepAStretchOfNumbersTogetherAndSpreadThemEvenly() {
        Map<Integer, Long> counts = LongStream.range(0, 64 * 300)
                .mapToObj(sequence -> of("west", sequence))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(counts)
                .hasSize(3)
                .allSatisfy((partition, count) -> assertThat(count).isEqualTo(6_400));
        assertThat(LongStream.range(64, 128)
                        .map(sequence -> of("west", sequence))
                        .distinct()
                        .count())
                .isOne();
    }

    @Test
    void shouldChooseAlikeWhenABatchIsSentAgain() {
        assertThat(LongStream.range(0, 1_000)
                        .map(sequence -> of("west", sequence))
                        .toArray())
                .isEqualTo(LongStream.range(0, 1_000)
                        .map(sequence -> of("west", sequence))
                        .toArray());
    }

    @Test
    void shouldUseAllPartitionsThatAreThereAtFirst() {
        assertThat(spread.used(4)).isEqualTo(4);
    }

    @Test
    void shouldUsePartitionsThatAreAddedOnceTheJobHasFoundThem() {
        spread.used(2);
        now += TimeUnit.HOURS.toNanos(1);

        assertThat(spread.used(3)).isEqualTo(2);
        now += TimeUnit.SECONDS.toNanos(29);
        assertThat(spread.used(3)).isEqualTo(2);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(spread.used(3)).isEqualTo(3);
    }

    @Test
    void shouldNotUsePartitionsOfATopicThatWasMadeAnewWithFewer() {
        spread.used(4);

        assertThat(spread.used(2)).isEqualTo(2);
    }
}
