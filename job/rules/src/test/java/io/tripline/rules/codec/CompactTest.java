package io.tripline.rules.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.incident.Probing;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.ContactTable;
import java.io.EOFException;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed comes out again, and small numbers take little room. */
class CompactTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -65, 1_795_348_800_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldGiveBackEveryNumber(long number) throws IOException {
        CompactOutput out = new CompactOutput();
        out.writeLong(number);
        out.writeInt((int) number);
        out.writeBoolean(number > 0);
        Stored.writeText("sensor é", out);

        CompactInput in = new CompactInput(out.bytes());
        assertThat(in.readLong()).isEqualTo(number);
        assertThat(in.readInt()).isEqualTo((int) number);
        assertThat(in.readBoolean()).isEqualTo(number > 0);
        assertThat(Stored.readText(in)).isEqualTo("sensor é");
    }

    @Test
    void shouldTakeOneByteForSmallNumbers() {
        CompactOutput out = new CompactOutput();
        for (int number = -64; number < 64; number++) {
            out.writeLong(number);
        }

        assertThat(out.bytes()).hasSize(128);
    }

    @Test
    void shouldGiveBackRandomContactTables() throws IOException {
        long seed = Long.getLong("tripline.seed", System.nanoTime());
        System.out.println("CompactTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        ContactTable table = new ContactTable(64);
        for (int i = 0; i < 40; i++) {
            Contact contact = table.contact(random.nextLong(), random.nextLong(), random.nextInt(1 << 24), Probing.SYN);
            if (contact != null) {
                contact.probe(random.nextLong(1L << 52), i, 60, random.nextBoolean(), Contact.OPEN);
            }
        }
        CompactOutput out = new CompactOutput();
        table.write(out);

        ContactTable read = ContactTable.read(new CompactInput(out.bytes()), 64);
        CompactOutput again = new CompactOutput();
        read.write(again);
        assertThat(read.size()).isEqualTo(table.size());
        assertThat(again.bytes()).hasSameSizeAs(out.bytes());
    }

    @Test
    void shouldRefuseToReadBeyondTheEnd() {
        assertThatThrownBy(() -> new CompactInput(new byte[] {(byte) 0x80}).readLong())
                .isInstanceOf(EOFException.class);
    }
}
