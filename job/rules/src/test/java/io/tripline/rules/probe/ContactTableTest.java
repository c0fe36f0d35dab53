package io.tripline.rules.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.schemas.IpProtocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ContactTableTest {
    private static final long SEED = 20_260_104;
    private static final int CAPACITY = 1_024;

    private record Probe(long host, int port, long time) {}

    @Test
    void shouldHoldTheSameInAnyOrderAndHoweverItIsSplit() {
        Random random = new Random(SEED);
        for (int pairs : new int[] {10, 1_000, 5_000, 100_000}) {
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                probes.add(new Probe(random.nextInt(300), random.nextInt(65_536), i));
            }
            ContactTable whole = of(probes);
            Collections.shuffle(probes, random);
            ContactTable parts = new ContactTable(CAPACITY);
            for (int from = 0; from < pairs; ) {
                int to = Math.min(pairs, from + 1 + random.nextInt(pairs / 3));
                parts.mergeAll(of(probes.subList(from, to)));
                from = to;
            }
            assertThat(text(parts)).as("seed %d, %d pairs", SEED, pairs).isEqualTo(text(whole));
            assertThat(parts.level()).isEqualTo(whole.level());
        }
    }

    @Test
    void shouldBeExactUpToItsCapacityAndNeverExceedIt() {
        ContactTable table = new ContactTable(CAPACITY);
        for (int port = 0; port < CAPACITY; port++) {
            probe(table, 1, port, port);
        }
        assertThat(table.size()).isEqualTo(CAPACITY);
        assertThat(table.approximate()).isFalse();
        for (int port = CAPACITY; port < 65_536; port++) {
            probe(table, 1, port, port);
            assertThat(table.size()).isLessThanOrEqualTo(CAPACITY);
        }
        assertThat(table.approximate()).isTrue();
    }

    @Test
    void shouldEstimateHowManyPairsThereWere() {
        Random random = new Random(SEED);
        double worst = 0;
        for (int run = 0; run < 20; run++) {
            ContactTable table = new ContactTable(8_192);
            int pairs = 200_000;
            for (int i = 0; i < pairs; i++) {
                probe(table, random.nextLong(), i & 0xffff, i);
            }
            long[] estimate = {0};
            table.forEach(contact -> estimate[0] += contact.weight());
            worst = Math.max(worst, Math.abs(estimate[0] - pairs) / (double) pairs);
        }
        assertThat(worst).as("seed %d", SEED).isLessThan(0.05);
    }

    @Test
    void shouldKeepAllTechniquesOfASampledPair() {
        ContactTable table = new ContactTable(64);
        for (int port = 0; port < 10_000; port++) {
            probe(table, 1, port, port);
        }
        table.forEach(contact -> assertThat(table.known(1, 1, contact.service(), contact.probing()))
                .isNotNull());
        int[] kept = {table.level()};
        List<Integer> services = new ArrayList<>();
        table.forEach(contact -> services.add(contact.service()));
        int service = services.get(0);
        assertThat(table.contact(1, 1, service, Probing.XMAS)).isNotNull();
        assertThat(table.level()).isBetween(kept[0], kept[0] + 1);
    }

    @Test
    void shouldTakeNoMoreWhereSomebodyComputedPairsThatAreAllKept() {
        ContactTable table = new ContactTable(16);
        for (long host = 0; table.level() < 12; host++) {
            probe(table, host, 80, 1);
        }
        assertThat(table.size()).isBetween(0, 16);
    }

    @Test
    void shouldSampleLessOnceThereIsRoomAgain() {
        ContactTable table = new ContactTable(CAPACITY);
        for (int port = 0; port < 10_000; port++) {
            probe(table, 1, port, port);
        }
        int level = table.level();
        table.removeIf(contact -> contact.last() < 9_000);
        assertThat(table.level()).isEqualTo(level - 1);
        table.removeIf(contact -> true);
        assertThat(table.level()).isZero();
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldFindWhatIsLeftWhereverOthersWereForgotten() {
        Random random = new Random(SEED);
        ContactTable table = new ContactTable(CAPACITY);
        Set<Integer> kept = new HashSet<>();
        for (int round = 0; round < 500; round++) {
            for (int i = random.nextInt(40); i > 0; i--) {
                int port = random.nextInt(300);
                probe(table, 1, port, port);
                kept.add(port);
            }
            int forgotten = random.nextInt(7);
            table.removeIf(contact -> Service.port(contact.service()) % 7 == forgotten);
            kept.removeIf(port -> port % 7 == forgotten);

            assertThat(table.size()).isEqualTo(kept.size());
            for (int port = 0; port < 300; port++) {
                assertThat(table.known(1, 1, Service.of(IpProtocol.TCP, port), Probing.SYN) != null)
                        .as("port %s in round %s", port, round)
                        .isEqualTo(kept.contains(port));
            }
        }
    }

    @Test
    void shouldForgetAnswersToProbesThatWereNeverSeen() {
        ContactTable answers = new ContactTable(CAPACITY);
        Objects.requireNonNull(answers.contact(1, 1, Service.of(IpProtocol.TCP, 80), Probing.SYN))
                .mark(Contact.CLOSED);
        ContactTable history = new ContactTable(CAPACITY);
        history.mergeProbes(answers);
        assertThat(history.size()).isZero();
        probe(history, 1, 80, 5);
        history.mergeProbes(answers);
        history.forEach(contact -> assertThat(contact.has(Contact.CLOSED)).isTrue());
    }

    @Test
    void shouldComeBackFromStorage() throws IOException {
        ContactTable table = new ContactTable(CAPACITY);
        for (int port = 0; port < 5_000; port++) {
            probe(table, port % 7, port, port);
        }
        ContactTable read = ContactTable.read(in(bytes(table)), CAPACITY);
        assertThat(text(read)).isEqualTo(text(table));
        assertThat(read.level()).isEqualTo(table.level());
    }

    @Test
    void shouldRefuseDamagedStorageWithoutAHugeAllocation() throws IOException {
        ContactTable table = new ContactTable(CAPACITY);
        probe(table, 1, 80, 1);
        byte[] bytes = bytes(table);
        Random random = new Random(SEED);
        for (int run = 0; run < 2_000; run++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(ContactTable.read(in(damaged), CAPACITY).size()).isLessThanOrEqualTo(1);
            } catch (IOException expected) {
                assertThat(expected).isNotNull();
            }
        }
        bytes[4] = 0x7f;
        assertThatThrownBy(() -> ContactTable.read(in(bytes), CAPACITY)).isInstanceOf(IOException.class);
    }

    private static ContactTable of(List<Probe> probes) {
        ContactTable table = new ContactTable(CAPACITY);
        probes.forEach(probe -> probe(table, probe.host(), probe.port(), probe.time()));
        return table;
    }

    private static void probe(ContactTable table, long host, int port, long time) {
        Contact contact = table.contact(1, host, Service.of(IpProtocol.TCP, port), Probing.SYN);
        if (contact != null) {
            contact.probe(time, time, 60, false, 0);
        }
    }

    private static String text(ContactTable table) {
        TreeSet<String> lines = new TreeSet<>();
        table.forEach(contact -> lines.add(contact.target() + " " + contact.service() + " " + contact.first() + " "
                + contact.last() + " " + contact.probes() + " " + contact.bytes() + " " + contact.weight()));
        return String.join("\n", lines);
    }

    private static byte[] bytes(ContactTable table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
