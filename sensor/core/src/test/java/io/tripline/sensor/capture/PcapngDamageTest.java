package io.tripline.sensor.capture;

import static io.tripline.sensor.capture.Reading.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.sensor.capture.Reading.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngDamageTest {
    private static final Seen FIRST = new Seen(1000, 1, "aa", 1);
    private static final Seen LAST = new Seen(9000, 1, "bb", 1);

    /** Where the damage begins in each capture here: behind section header, interface and first packet. */
    private static final int DAMAGE = 28 + 20 + 36;

    private final PcapngBytes capture = PcapngBytes.ethernet().enhanced(1, bytes("aa"));

    private Reading readingOn() throws IOException {
        return Reading.of(capture.enhanced(9, bytes("bb")).bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "0, block length 0 is too small",
        "8, block length 8 is too small",
        "2147483647, block length 2147483647 is above the maximum 16777216",
        "-4, block length 4294967292 is above the maximum 16777216",
        "40, block length 40 is 0 at the block's end",
        "4000, block is cut short: 80 of 4000 bytes"
    })
    void shouldGoOnAtTheNextBlockBehindACorruptLength(int length, String reason) throws IOException {
        capture.block(PcapngBlocks.ENHANCED_PACKET, length, new byte[32], 44);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + DAMAGE + ": " + reason + "; reading continues at " + (DAMAGE + 44));
    }

    @Test
    void shouldGoOnBehindABlockWhoseLengthsDisagree() throws IOException {
        capture.block(PcapngBlocks.ENHANCED_PACKET, 44, new byte[32], 48);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + DAMAGE
                        + ": block length 44 is 48 at the block's end; reading continues at " + (DAMAGE + 44));
    }

    @Test
    void shouldNotTakeAPayloadThatHoldsACaptureForTheNextBlock() throws IOException {
        byte[] transferred = PcapngBytes.ethernet().enhanced(5, bytes("cc")).bytes();
        byte[] body = new byte[20 + transferred.length];
        System.arraycopy(transferred, 0, body, 20, transferred.length);
        capture.block(PcapngBlocks.ENHANCED_PACKET, 12 + body.length, body, 0);

        assertThat(readingOn().packets()).containsExactly(FIRST, LAST);
    }

    @Test
    void shouldStopAtACorruptBlockThatNothingFollows() throws IOException {
        capture.block(PcapngBlocks.ENHANCED_PACKET, 0, new byte[32], 44);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).containsExactly(FIRST);
        assertThat(reading.problems()).containsExactly("-: offset " + DAMAGE + ": block length 0 is too small (fatal)");
    }

    @ParameterizedTest
    @CsvSource({
        "1, block header is cut short: 1 bytes",
        "11, block header is cut short: 11 bytes",
        "35, block is cut short: 35 of 36 bytes"
    })
    void shouldTellWhereTheLastBlockIsCutShort(int left, String reason) throws IOException {
        byte[] whole = capture.enhanced(9, bytes("bb")).bytes();

        Reading reading = Reading.of(Arrays.copyOf(whole, DAMAGE + left));

        assertThat(reading.packets()).containsExactly(FIRST);
        assertThat(reading.problems()).containsExactly("-: offset " + DAMAGE + ": " + reason + " (fatal)");
    }

    @Test
    void shouldTellThatAHugeUnknownBlockIsCutShort() throws IOException {
        capture.block(0x0bad, -16, new byte[100], 0);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).containsExactly(FIRST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + DAMAGE + ": block is cut short: 112 of 4294967280 bytes (fatal)");
    }

    @Test
    void shouldLeaveOutAPacketWhoseCapturedLengthDoesNotFit() throws IOException {
        capture.enhancedLying(5, 5, bytes("01020304"));

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + DAMAGE + ": captured length 5 does not fit its block");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "-1, 4294967295"})
    void shouldLeaveOutAPacketOfAnInterfaceThatDoesNotExist(int number, String named) throws IOException {
        capture.enhanced(number, 5, bytes("cc"), 1);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + DAMAGE + ": packet of interface " + named + ", which is not described");
    }

    @ParameterizedTest
    @CsvSource({"2, 28", "3, 12", "6, 28"})
    void shouldLeaveOutABlockTooShortForItsType(int type, int length) throws IOException {
        capture.block(type, new byte[length - 12]);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + DAMAGE + ": block of " + length + " bytes is too short for its type");
    }

    @Test
    void shouldKeepTheNumbersOfInterfacesBehindOneThatIsTooShort() throws IOException {
        capture.block(PcapngBlocks.INTERFACE, new byte[0])
                .describe(101, 0)
                .enhanced(2, 5, bytes("cc"), 1)
                .enhanced(1, 6, bytes("dd"), 1);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).containsExactly(FIRST, new Seen(5000, 101, "cc", 1));
        assertThat(reading.problems())
                .containsExactly(
                        "-: offset " + DAMAGE + ": block of 12 bytes is too short for its type",
                        "-: offset " + (DAMAGE + 12 + 20 + 36) + ": packet of interface 1, which is not described");
    }

    @Test
    void shouldNotNumberInterfacesBehindAGapUntilTheNextSection() throws IOException {
        capture.block(PcapngBlocks.INTERFACE, 0, new byte[8], 20)
                .describe(113, 0)
                .enhanced(1, 5, bytes("cc"), 1)
                .section(ByteOrder.BIG_ENDIAN)
                .describe(1, 0);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly(
                        "-: offset " + DAMAGE + ": block length 0 is too small; reading continues at " + (DAMAGE + 20),
                        "-: offset " + (DAMAGE + 20)
                                + ": interface after damage cannot be numbered: its packets are not read",
                        "-: offset " + (DAMAGE + 40) + ": packet of interface 1, which is not described");
    }

    @Test
    void shouldFindTheNextSectionBehindOneWithoutAByteOrder() throws IOException {
        capture.block(PcapngBlocks.SECTION, new byte[16])
                .enhanced(5, bytes("cc"))
                .section(ByteOrder.BIG_ENDIAN)
                .describe(1, 0);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems())
                .containsExactly(
                        "-: offset " + DAMAGE + ": section header without a byte-order magic; reading continues at "
                                + (DAMAGE + 28),
                        "-: offset " + (DAMAGE + 28) + ": packet of interface 0, which is not described");
    }

    @Test
    void shouldRefuseAnUnknownVersion() throws IOException {
        capture.section(ByteOrder.BIG_ENDIAN, 2);

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST);
        assertThat(reading.problems())
                .containsExactly("-: offset " + (DAMAGE + 12) + ": pcapng version 2.0 is unknown (fatal)");
    }

    @Test
    void shouldKeepTheFirstProblemsAndCountTheRest() throws IOException {
        for (int i = 0; i < 1000; i++) {
            capture.enhanced(7, i, bytes("cc"), 1);
        }

        Reading reading = readingOn();

        assertThat(reading.packets()).containsExactly(FIRST, LAST);
        assertThat(reading.problems()).hasSize(ProblemLog.KEPT);
        assertThat(reading.problemCount()).isEqualTo(1000);
    }
}
