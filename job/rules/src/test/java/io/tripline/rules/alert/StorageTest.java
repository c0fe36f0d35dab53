package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.arpSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.Rules;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Probing;
import io.tripline.schemas.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Findings and alerts on their way between machines. */
class StorageTest {
    private interface Writer {
        void write(DataOutput out) throws IOException;
    }

    @Test
    void shouldReadFindingsAsTheyWereWritten() throws IOException {
        for (Finding finding : List.of(
                portScan(1_000).open(22).hosts(300).by(Probing.XMAS, 2).build(),
                portScan(21)
                        .approximate()
                        .answersUnseen()
                        .stage(Stage.CLOSED)
                        .clockShift(-1)
                        .build(),
                arpSweep(40)
                        .from(Address.ofMac(7))
                        .sensor("é".repeat(60_000), 3)
                        .build())) {
            assertThat(Finding.read(in(bytes(finding::write)), Rules::readDetail))
                    .isEqualTo(finding);
        }
    }

    @Test
    void shouldReadAlertsAsTheyWereWritten() throws IOException {
        Alert alert = Documents.ASSEMBLER.assemble(portScan(21).build());
        Alert large = new Alert(
                alert.id(),
                alert.firstSeen(),
                Long.MIN_VALUE,
                Severity.CRITICAL,
                99,
                Stage.CLOSED,
                alert.rule(),
                alert.actor(),
                "tripline.yaml:7",
                "",
                "\"" + "…".repeat(100_000) + "\"");

        assertThat(Alert.read(in(bytes(alert::write)))).isEqualTo(alert);
        assertThat(Alert.read(in(bytes(large::write)))).isEqualTo(large);
    }

    @Test
    void shouldMeetDamageWithAnIoExceptionAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] finding = bytes(portScan(30).open(22).build()::write);
        byte[] alert = bytes(Documents.ASSEMBLER.assemble(portScan(21).build())::write);
        for (int i = 0; i < 5_000; i++) {
            readDamaged(random, finding, false, seed);
            readDamaged(random, alert, true, seed);
        }
    }

    @Test
    void shouldRefuseSizesThatNothingHas() throws IOException {
        byte[] huge = bytes(out -> out.writeInt(Integer.MAX_VALUE));
        byte[] negative = bytes(out -> out.writeInt(-1));

        assertThatThrownBy(() -> Stored.readText(in(huge)))
                .isInstanceOf(IOException.class)
                .hasMessage("2147483647 bytes of text where 0 to 4194304 are possible");
        assertThatThrownBy(() -> Stored.readText(in(negative))).isInstanceOf(IOException.class);
    }

    private static void readDamaged(Random random, byte[] whole, boolean alert, long seed) {
        byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
        for (int i = random.nextInt(4); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
            Object read = alert ? Alert.read(in(damaged)) : Finding.read(in(damaged), Rules::readDetail);
            assertThat(read).isNotNull();
        } catch (IOException expected) {
            assertThat(expected).as("seed %d", seed).isNotNull();
        }
    }

    private static byte[] bytes(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
