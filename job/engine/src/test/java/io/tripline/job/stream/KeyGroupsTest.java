package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.KeyGroups;
import io.tripline.schemas.Address;
import java.util.Random;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

/**
 * Keys are shared out as Flink shares them out, so that a limit for each share holds for the same subjects with and
 * without it.
 */
class KeyGroupsTest {
    /**
     * Numbers of shares: few, primes, those that divide the groups and those that do not, as many as there are groups.
     */
    private static final int[] SHARES = {1, 2, 3, 4, 5, 7, 8, 16, 17, 64, 100, 128, 359, 360, 361, 719, 720};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** A key of which only the hash counts. */
    private record Hashed(int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Test
    void shouldPutKeysIntoTheGroupsThatFlinkPutsThemInto() {
        for (int hash : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            checkGroup(new Hashed(hash));
        }
        for (int i = 0; i < 100_000; i++) {
            checkGroup(new Hashed(random.nextInt()));
        }
        for (int i = 0; i < 10_000; i++) {
            checkGroup(new Address(random.nextLong(), random.nextLong()));
        }
        checkGroup("edge-1");
    }

    private void checkGroup(Object key) {
        assertThat(KeyGroups.of(key))
                .as("%s, seed %d", key, seed)
                .isEqualTo(KeyGroupRangeAssignment.assignToKeyGroup(key, KeyGroups.GROUPS));
    }

    @Test
    void shouldCutGroupsIntoTheRangesOfFlinksInstances() {
        for (int shares : SHARES) {
            for (int share = 0; share < shares; share++) {
                KeyGroupRange range =
                        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(KeyGroups.GROUPS, shares, share);

                assertThat(KeyGroups.first(share, shares))
                        .as("share %d of %d", share, shares)
                        .isEqualTo(range.getStartKeyGroup());
                assertThat(KeyGroups.first(share + 1, shares))
                        .as("after share %d of %d", share, shares)
                        .isEqualTo(range.getEndKeyGroup() + 1);
            }
        }
    }

    @Test
    void shouldGiveKeysToTheInstanceThatFlinkGivesThemTo() {
        for (int shares : SHARES) {
            for (int i = 0; i < 10_000; i++) {
                Object key = new Hashed(random.nextInt());
                int share = KeyGroups.share(key, shares);

                assertThat(share)
                        .as("%s of %d, seed %d", key, shares, seed)
                        .isEqualTo(KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KeyGroups.GROUPS, shares));
                assertThat(KeyGroups.of(key))
                        .isBetween(KeyGroups.first(share, shares), KeyGroups.first(share + 1, shares) - 1);
            }
        }
    }
}
