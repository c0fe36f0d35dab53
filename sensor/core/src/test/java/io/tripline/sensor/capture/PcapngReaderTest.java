package io.tripline.sensor.capture;

import static io.tripline.sensor.capture.Reading.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.sensor.capture.Reading.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadEnhancedPacketsInBothByteOrders(boolean big) throws IOException {
        PcapngBytes capture = new PcapngBytes()
                .section(big ? BIG : LITTLE)
                .describe(1, 65_535)
                .enhanced(0, 0x5_0000_0001L, bytes("0102030405"), 60);

        Reading reading = Reading.of(capture.bytes());

        long nanos = 0x5_0000_0001L * 1000;
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).containsExactly(new Seen(nanos, 1, "0102030405", 60));
        assertThat(reading.files())
                .containsExactly(new CaptureSummary("-", CaptureFormat.PCAPNG, List.of(1), 1, 60, nanos, nanos, 0));
    }

    @Test
    void shouldReadEachSectionInItsOwnByteOrderWithItsOwnInterfaces() throws IOException {
        PcapngBytes capture = new PcapngBytes()
                .section(LITTLE)
                .describe(1, 0)
                .enhanced(1, bytes("aa"))
                .section(BIG)
                .describe(113, 0)
                .enhanced(2, bytes("bb"));

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).containsExactly(new Seen(1000, 1, "aa", 1), new Seen(2000, 113, "bb", 1));
        assertThat(reading.files().get(0).linkTypes()).containsExactly(1, 113);
    }

    @Test
    void shouldReadEachInterfaceWithItsOwnLinkTypeAndClock() throws IOException {
        PcapngBytes capture = new PcapngBytes().section(BIG);
        capture.describe(1, 0, capture.option(PcapngBytes.TIME_RESOLUTION, (byte) 9))
                .describe(101, 0, capture.option(PcapngBytes.TIME_RESOLUTION, (byte) 0x8a))
                .describe(113, 0, capture.option(2, bytes("656e3073")), capture.timeOffset(50), capture.option(0))
                .enhanced(0, 7, bytes("00"), 1)
                .enhanced(1, 1024, bytes("01"), 1)
                .enhanced(2, 7, bytes("02"), 1);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets())
                .containsExactly(
                        new Seen(7, 1, "00", 1),
                        new Seen(1_000_000_000L, 101, "01", 1),
                        new Seen(50_000_007_000L, 113, "02", 1));
    }

    @Test
    void shouldPassOverOptionsThatDoNotFit() throws IOException {
        PcapngBytes capture = new PcapngBytes().section(LITTLE);
        byte[] lying = capture.option(PcapngBytes.TIME_RESOLUTION, (byte) 9);
        lying[3] = (byte) 0xff;
        capture.describe(1, 0, capture.option(PcapngBytes.TIME_RESOLUTION, bytes("0909")), lying)
                .enhanced(0, 1, bytes("aa"), 1, capture.option(1, bytes("636f6d6d656e74")), lying);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).containsExactly(new Seen(1000, 1, "aa", 1));
    }

    @Test
    void shouldGiveSimplePacketsTheTimeOfThePacketBefore() throws IOException {
        PcapngBytes capture = new PcapngBytes()
                .section(LITTLE)
                .describe(1, 4)
                .simple(bytes("0102"), 2)
                .enhanced(9, bytes("aa"))
                .simple(bytes("01020304"), 60);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets())
                .containsExactly(
                        new Seen(0, 1, "0102", 2), new Seen(9000, 1, "aa", 1), new Seen(9000, 1, "01020304", 60));
        assertThat(reading.files().get(0).untimed()).isEqualTo(2);
    }

    @Test
    void shouldReadObsoletePacketBlocks() throws IOException {
        PcapngBytes capture =
                new PcapngBytes().section(BIG).describe(1, 0).describe(101, 0).obsolete(1, 3, bytes("0102"), 90);

        assertThat(Reading.of(capture.bytes()).packets()).containsExactly(new Seen(3000, 101, "0102", 90));
    }

    @Test
    void shouldPassOverBlocksItDoesNotKnow() throws IOException {
        PcapngBytes capture = PcapngBytes.ethernet()
                .block(4, new byte[40])
                .block(0x0bad, bytes("0102030405060708"))
                .block(0x4000_0bad, new byte[17 * 1024 * 1024])
                .enhanced(1, bytes("aa"));

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).containsExactly(new Seen(1000, 1, "aa", 1));
    }

    @Test
    void shouldReadBlocksWhoseLengthLeavesOutThePadding() throws IOException {
        PcapngBytes capture = PcapngBytes.ethernet();
        byte[] body = new byte[20 + 2];
        body[12] = 2;
        body[16] = 2;
        capture.block(PcapngBlocks.ENHANCED_PACKET, 12 + body.length, body, 12 + body.length)
                .enhanced(1, bytes("aa"));

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).containsExactly(new Seen(0, 1, "0000", 2), new Seen(1000, 1, "aa", 1));
    }

    @Test
    void shouldSaturateTimes() throws IOException {
        Reading reading =
                Reading.of(PcapngBytes.ethernet().enhanced(-1, bytes("aa")).bytes());

        assertThat(reading.packets()).containsExactly(new Seen(Long.MAX_VALUE, 1, "aa", 1));
    }

    @Test
    void shouldNoteAnUnknownLinkTypeOfAnInterface() throws IOException {
        PcapngBytes capture = new PcapngBytes().section(LITTLE).describe(127, 0).enhanced(1, bytes("aa"));

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).hasSize(1);
        assertThat(reading.problems())
                .containsExactly("-: offset 36: link type 127 is unknown: its packets are counted only");
    }

    @Test
    void shouldBoundTheNumberOfInterfaces() throws IOException {
        PcapngBytes capture = new PcapngBytes().section(LITTLE);
        for (int i = 0; i < PcapngReader.MOST_INTERFACES + 1; i++) {
            capture.describe(1, 0);
        }
        capture.enhanced(PcapngReader.MOST_INTERFACES - 1, 1, bytes("aa"), 1)
                .enhanced(PcapngReader.MOST_INTERFACES, 1, bytes("bb"), 1);

        Reading reading = Reading.of(capture.bytes());

        int last = 28 + 20 * PcapngReader.MOST_INTERFACES;
        assertThat(reading.packets()).containsExactly(new Seen(1000, 1, "aa", 1));
        assertThat(reading.problems())
                .containsExactly(
                        "-: offset " + last + ": more than 65536 interfaces: its packets are not read",
                        "-: offset " + (last + 20 + 36) + ": packet of interface 65536, which is not described");
    }
}
