package io.tripline.sensor.capture;

import static io.tripline.sensor.capture.GzipBytes.gzip;
import static io.tripline.sensor.capture.GzipBytes.join;
import static io.tripline.sensor.capture.Reading.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipInputTest {
    private static final byte[] CAPTURE = capture();

    private static byte[] capture() {
        PcapBytes capture = new PcapBytes();
        for (int i = 0; i < 500; i++) {
            capture.packet(1 + i, new byte[i]);
        }
        return capture.bytes();
    }

    @Test
    void shouldReadACompressedCaptureLikeAPlainOne() throws IOException {
        Reading plain = Reading.of(CAPTURE);

        Reading compressed = Reading.of(gzip(CAPTURE));

        assertThat(plain.packets()).hasSize(500);
        assertThat(compressed.packets()).isEqualTo(plain.packets());
        assertThat(compressed.problems()).isEmpty();
        assertThat(compressed.files()).isEqualTo(plain.files());
    }

    @Test
    void shouldReadMembersOneAfterTheOther() throws IOException {
        byte[] begin = Arrays.copyOf(CAPTURE, 1001);
        byte[] end = Arrays.copyOfRange(CAPTURE, 1001, CAPTURE.length);

        Reading reading = Reading.of(join(gzip(begin), gzip(new byte[0]), gzip(end), new byte[512]));

        assertThat(reading.packets()).hasSize(500);
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void shouldReadMembersWithEveryOptionalHeaderField() throws IOException {
        byte[] deflated = gzip(CAPTURE);
        byte[] header = bytes("1f8b081e000000000003" + "0300aabbcc" + "6e616d6500" + "636f6d6d656e7400" + "1234");

        Reading reading = Reading.of(join(header, Arrays.copyOfRange(deflated, 10, deflated.length)));

        assertThat(reading.packets()).hasSize(500);
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void shouldTellWhereCompressedDataIsCutShort() throws IOException {
        byte[] whole = gzip(CAPTURE);

        Reading reading = Reading.of(Arrays.copyOf(whole, whole.length - 9));

        assertThat(reading.problems()).singleElement().asString().endsWith(": gzip: data is cut short (fatal)");
    }

    @Test
    void shouldGiveAllPacketsOfACaptureWhoseChecksumIsWrong() throws IOException {
        byte[] compressed = gzip(CAPTURE);
        compressed[compressed.length - 8] ^= 1;

        Reading reading = Reading.of(compressed);

        assertThat(reading.packets()).hasSize(500);
        assertThat(reading.problems())
                .containsExactly("-: offset " + CAPTURE.length + ": gzip: checksum does not match (fatal)");
    }

    @Test
    void shouldGiveAllPacketsOfACaptureWhoseLengthIsWrong() throws IOException {
        byte[] compressed = gzip(CAPTURE);
        compressed[compressed.length - 1] ^= 1;

        Reading reading = Reading.of(compressed);

        assertThat(reading.packets()).hasSize(500);
        assertThat(reading.problems())
                .containsExactly("-: offset " + CAPTURE.length + ": gzip: length does not match (fatal)");
    }

    @Test
    void shouldTellThatSomethingElseFollows() throws IOException {
        Reading reading = Reading.of(join(gzip(CAPTURE), bytes("cafe")));

        assertThat(reading.packets()).hasSize(500);
        assertThat(reading.problems())
                .containsExactly(
                        "-: offset " + CAPTURE.length + ": gzip: trailing bytes are not a gzip member (fatal)");
    }

    @Test
    void shouldTellThatNothingCanBeDecompressed() throws IOException {
        Reading reading = Reading.of(bytes("1f8b08000000000000ff"));

        assertThat(reading.problems()).containsExactly("-: offset 0: gzip: data is cut short (fatal)");
    }
}
