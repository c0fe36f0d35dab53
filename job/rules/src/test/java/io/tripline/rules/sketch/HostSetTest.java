package io.tripline.rules.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tripline.schemas.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hosts in bounded memory. */
class HostSetTest {
    private static HostSet of(int hosts) {
        HostSet set = new HostSet();
        for (int i = 0; i < hosts; i++) {
            set.add(new Address(7, i), 1);
        }
        return set;
    }

    private static byte[] bytes(HostSet set) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        set.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static HostSet read(byte[] bytes) throws IOException {
        return HostSet.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void shouldBeExactUpToItsCapacity() {
        HostSet set = of(HostSet.CAPACITY);

        assertThat(set.count(1)).isEqualTo(HostSet.CAPACITY);
        assertThat(set.approximate()).isFalse();
        assertThat(set.contains(new Address(7, 0))).isTrue();
        assertThat(set.contains(new Address(7, HostSet.CAPACITY))).isFalse();
        assertThat(set.sample(2)).containsExactly(new Address(7, 0), new Address(7, 1));
    }

    @Test
    void shouldEstimateWhatItCannotHold() {
        HostSet set = of(100_000);

        assertThat(set.approximate()).isTrue();
        assertThat((double) set.count(1)).isCloseTo(100_000, within(10_000.0));
    }

    @Test
    void shouldHoldTheSameInWhateverOrderHostsCome() throws IOException {
        long seed = System.nanoTime();
        List<Integer> hosts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            hosts.add(i);
        }
        Collections.shuffle(hosts, new Random(seed));
        HostSet shuffled = new HostSet();
        hosts.forEach(i -> shuffled.add(new Address(7, i), 1));

        assertThat(bytes(shuffled)).as("seed %d", seed).isEqualTo(bytes(of(20_000)));
        assertThat(bytes(read(bytes(shuffled)))).as("seed %d", seed).isEqualTo(bytes(shuffled));
    }

    @Test
    void shouldLetAHostStandForWhatItsRarestContactStandsFor() {
        HostSet set = new HostSet();
        set.add(new Address(7, 1), 64);
        set.add(new Address(7, 1), 32);
        set.add(new Address(7, 1), 128);

        assertThat(set.count(4)).isEqualTo(8);
        assertThat(set.count(100)).isEqualTo(1);
    }

    @Test
    void shouldRefuseBytesThatNoSetHas() throws IOException {
        byte[] weightless = bytes(of(1));
        weightless[weightless.length - 1] = 0;
        byte[] levels = bytes(of(1));
        levels[3] = 31;

        assertThatThrownBy(() -> read(weightless)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(levels)).isInstanceOf(IOException.class);
    }
}
