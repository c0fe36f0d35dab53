package io.tripline.sensor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final long SECOND = StreamClock.SECOND;
    private static final int SHORT = 1 << 4;
    private static final int LONG = SHORT | 1;
    private final FlowTable table = new FlowTable(64);
    private final FlowKey key = new FlowKey();

    FlowTableTest() {
        table.idle(0, 60);
        table.idle(1, 3_600);
    }

    private FlowKey key(int port) {
        key.set(0, 1, port, 0, 2, 80, 6);
        return key;
    }

    private int find(int port, long time) {
        return table.find(key(port), key(port).hash(), time);
    }

    private int claim(int port, long time) {
        return claim(port, SHORT, time);
    }

    private int claim(int port, int state, long time) {
        return table.claim(key(port), key(port).hash(), state, time);
    }

    @Test
    void shouldFindAConversationFromBothEnds() {
        int slot = claim(1, SECOND);
        assertThat(find(1, SECOND)).isEqualTo(slot);
        key.set(0, 2, 80, 0, 1, 1, 6);
        assertThat(table.find(key, key.hash(), SECOND)).isEqualTo(slot);
        assertThat(key.senderSecond).isTrue();
        key.set(0, 1, 1, 0, 2, 80, 17);
        assertThat(table.find(key, key.hash(), SECOND)).isEqualTo(-1);
    }

    @Test
    void shouldForgetWhatHasBeenIdleForTooLong() {
        claim(1, SECOND);
        assertThat(find(1, 60 * SECOND)).isNotNegative();
        assertThat(find(1, 62 * SECOND)).isEqualTo(-1);
        claim(1, 62 * SECOND);
        assertThat(find(1, 63 * SECOND)).isNotNegative();
        assertThat(table.evicted()).isZero();
    }

    @Test
    void shouldLetTheIdlestGiveWayAndCountIt() {
        for (int port = 1; port <= 10_000; port++) {
            claim(port, port * 1_000L);
            assertThat(find(port, port * 1_000L)).isNotNegative();
        }
        assertThat(table.evicted()).isBetween(10_000L - 64, 10_000L);
        assertThat(find(1, 10_000_000L)).isEqualTo(-1);
    }

    @Test
    void shouldReplaceWhatIsForgottenBeforeWhatOnlyRests() {
        for (int port = 1; port <= 500; port++) {
            claim(port, LONG, 0);
        }
        claim(1_000, SHORT, 10 * SECOND);
        long evicted = table.evicted();
        int other = 1_001;
        while (((key(other).hash() ^ key(1_000).hash()) & 7) != 0) {
            other++;
        }
        claim(other, SHORT, 100 * SECOND);
        assertThat(table.evicted()).isEqualTo(evicted);
        assertThat(find(1_000, 10 * SECOND)).isEqualTo(-1);
    }

    @Test
    void shouldSpreadAnyKindOfKeyEvenly() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long base = random.nextLong();
        int[] counts = new int[256];
        for (int i = 0; i < 256 * 64; i++) {
            key.set(base, i % 128, 40_000, base, i / 128, 80 + i % 3, 6);
            counts[(int) key.hash() & 255]++;
        }
        assertThat(Arrays.stream(counts)).as("seed %d", seed).allMatch(count -> count > 16 && count < 160);
    }
}
