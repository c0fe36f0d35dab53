package io.tripline.sensor.capture;

import static io.tripline.sensor.capture.Reading.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.sensor.capture.Reading.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @ParameterizedTest
    @CsvSource({
        "PCAP, true, 5_000_000_123_000",
        "PCAP, false, 5_000_000_123_000",
        "PCAP_NANOSECONDS, true, 5_000_000_000_123",
        "PCAP_NANOSECONDS, false, 5_000_000_000_123",
        "PCAP_MODIFIED, true, 5_000_000_123_000",
        "PCAP_MODIFIED, false, 5_000_000_123_000"
    })
    void shouldReadEachVariantInBothByteOrders(CaptureFormat format, boolean big, String time) throws IOException {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : LITTLE;
        PcapBytes capture = new PcapBytes(format, order).packet(5000, 123, bytes("010203"), 60);

        Reading reading = Reading.of(capture.bytes());

        long nanos = Long.parseLong(time.replace("_", ""));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).containsExactly(new Seen(nanos, 1, "010203", 60));
        assertThat(reading.files())
                .containsExactly(new CaptureSummary("-", format, List.of(1), 1, 60, nanos, nanos, 0));
    }

    @Test
    void shouldTakeSecondsAsUnsigned() throws IOException {
        Reading reading = Reading.of(new PcapBytes()
                .packet(0xffff_ffffL, 0xffff_ffffL, new byte[0], 0)
                .bytes());

        assertThat(reading.packets())
                .containsExactly(new Seen(4_294_967_295_000_000_000L + 4_294_967_295_000L, 1, "", 0));
    }

    @Test
    void shouldNoteAnUnknownLinkTypeAndStillGiveItsPackets() throws IOException {
        PcapBytes capture = new PcapBytes(CaptureFormat.PCAP, LITTLE, 65_535, 127).packet(1, bytes("aa"));

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).containsExactly(new Seen(1_000_000_000L, 127, "aa", 1));
        assertThat(reading.problems())
                .containsExactly("-: offset 20: link type 127 is unknown: its packets are counted only");
    }

    @Test
    void shouldLeaveTheChecksumLengthOutOfTheLinkType() throws IOException {
        PcapBytes capture = new PcapBytes(CaptureFormat.PCAP, LITTLE, 65_535, 0x4400_0001).packet(1, bytes("aa"));

        assertThat(Reading.of(capture.bytes()).files().get(0).linkTypes()).containsExactly(1);
    }

    @Test
    void shouldReadNoPacketsFromAHeaderAlone() throws IOException {
        Reading reading = Reading.of(new PcapBytes().bytes());

        assertThat(reading.packets()).isEmpty();
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void shouldTellWhereTheLastPacketIsCutShort() throws IOException {
        PcapBytes capture = new PcapBytes().packet(1, bytes("aabb"));
        int second = capture.size();
        capture.record(2, 0, 60, 60).raw(new byte[12]);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).hasSize(1);
        assertThat(reading.problems())
                .containsExactly("-: offset " + second + ": packet is cut short: 12 of 60 bytes (fatal)");
    }

    @Test
    void shouldTellWhereARecordHeaderIsCutShort() throws IOException {
        byte[] capture = new PcapBytes().packet(1, bytes("aabb")).bytes();

        Reading reading = Reading.of(Arrays.copyOf(capture, 24 + 7));

        assertThat(reading.problems())
                .containsExactly("-: offset 24: record header is cut short: 7 of 16 bytes (fatal)");
    }

    @Test
    void shouldStopAtZerosThatACrashLeftBehind() throws IOException {
        PcapBytes capture = new PcapBytes().packet(1, bytes("aabb")).raw(new byte[4096]);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).hasSize(1);
        assertThat(reading.problems()).containsExactly("-: offset 42: record header is all zeros (fatal)");
    }

    @Test
    void shouldTellThatTheFileHeaderIsCutShort() throws IOException {
        Reading reading = Reading.of(Arrays.copyOf(new PcapBytes().bytes(), 23));

        assertThat(reading.problems()).containsExactly("-: offset 0: file header is cut short: 23 of 24 bytes (fatal)");
    }

    @ParameterizedTest
    @ValueSource(ints = {100 + 256 * 1024 + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void shouldStopAtACapturedLengthFarBeyondTheSnaplen(int captured) throws IOException {
        PcapBytes capture = new PcapBytes(CaptureFormat.PCAP, LITTLE, 100, 1)
                .packet(1, bytes("aabb"))
                .record(2, 0, captured, captured)
                .raw(new byte[300_000]);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.packets()).hasSize(1);
        assertThat(reading.problems())
                .containsExactly("-: offset 42: captured length " + Integer.toUnsignedString(captured)
                        + " is above the maximum " + (100 + 256 * 1024) + " (fatal)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1})
    void shouldReadPacketsLongerThanALyingSnaplen(int snaplen) throws IOException {
        PcapBytes capture = new PcapBytes(CaptureFormat.PCAP, LITTLE, snaplen, 1).packet(1, new byte[200_000]);

        Reading reading = Reading.of(capture.bytes());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.packets()).hasSize(1);
        assertThat(reading.files().get(0).bytes()).isEqualTo(200_000);
    }

    @Test
    void shouldKeepAnAbsurdWireLengthPositive() throws IOException {
        Reading reading =
                Reading.of(new PcapBytes().packet(1, 0, bytes("aa"), -1).bytes());

        assertThat(reading.packets()).containsExactly(new Seen(1_000_000_000L, 1, "aa", Integer.MAX_VALUE));
    }

    @Test
    void shouldRefuseAnUnknownVersion() throws IOException {
        byte[] capture = new PcapBytes().packet(1, bytes("aa")).bytes();
        capture[4] = 3;

        Reading reading = Reading.of(capture);

        assertThat(reading.packets()).isEmpty();
        assertThat(reading.problems()).containsExactly("-: offset 4: pcap version 3.4 is unknown (fatal)");
    }
}
