package io.tripline.sensor.capture;

import static io.tripline.sensor.capture.Reading.bytes;
import static io.tripline.sensor.capture.Reading.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tripline.sensor.capture.Reading.Seen;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturesTest {
    @TempDir
    Path folder;

    private static byte[] capture(byte data, long... seconds) {
        PcapBytes capture = new PcapBytes();
        for (long second : seconds) {
            capture.packet(second, data);
        }
        return capture.bytes();
    }

    private static List<String> order(Reading reading) {
        return reading.packets().stream()
                .map(packet -> packet.data() + "@" + packet.time() / 1_000_000_000L)
                .toList();
    }

    @Test
    void shouldMergeCapturesInTimeOrder() throws IOException {
        String first = write(folder.resolve("first"), capture((byte) 1, 1, 4, 5, 9));
        String second = write(folder.resolve("second"), capture((byte) 2, 2, 3, 6));
        String third = write(
                folder.resolve("third"),
                new PcapngBytes()
                        .section(ByteOrder.BIG_ENDIAN)
                        .describe(101, 0)
                        .enhanced(4_500_000, (byte) 3)
                        .bytes());

        Reading reading = Reading.of(first, second, third);

        assertThat(reading.problems()).isEmpty();
        assertThat(order(reading)).containsExactly("01@1", "02@2", "02@3", "01@4", "03@4", "01@5", "02@6", "01@9");
        assertThat(reading.files()).extracting(CaptureSummary::name).containsExactly(first, second, third);
        assertThat(reading.files()).extracting(CaptureSummary::packets).containsExactly(4L, 3L, 1L);
    }

    @Test
    void shouldTakeTheCaptureNamedFirstWhereTimesAreEqual() throws IOException {
        String first = write(folder.resolve("a"), capture((byte) 1, 1, 2, 2));
        String second = write(folder.resolve("b"), capture((byte) 2, 1, 2));

        assertThat(order(Reading.of(second, first))).containsExactly("02@1", "01@1", "02@2", "01@2", "01@2");
    }

    @Test
    void shouldKeepTheOrderInsideACaptureWhoseTimesGoBackwards() throws IOException {
        String first = write(folder.resolve("a"), capture((byte) 1, 5, 1, 7));
        String second = write(folder.resolve("b"), capture((byte) 2, 3, 6));

        assertThat(order(Reading.of(first, second))).containsExactly("02@3", "01@5", "01@1", "02@6", "01@7");
    }

    @Test
    void shouldMergeStandardInputWithFiles() throws IOException {
        String file = write(folder.resolve("a"), capture((byte) 1, 1, 3));
        InputStream standardInput = new ByteArrayInputStream(capture((byte) 2, 2));

        assertThat(order(Reading.of(List.of("-", file), standardInput))).containsExactly("01@1", "02@2", "01@3");
    }

    @Test
    void shouldReadStandardInputOnlyOnceAndLeaveItOpen() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream standardInput = new ByteArrayInputStream(capture((byte) 2, 2)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        Reading reading = Reading.of(List.of("-", "-"), standardInput);

        assertThat(order(reading)).containsExactly("02@2");
        assertThat(reading.problems())
                .containsExactly("-: offset 0: cannot be opened: standard input can be read only once (fatal)");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void shouldReadANamedPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeThat(Path.of("/usr/bin/mkfifo")).exists();
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Thread writer = new Thread(() -> write(pipe, capture((byte) 1, 1, 2)));
        writer.start();

        Reading reading = Reading.of(pipe.toString());

        writer.join();
        assertThat(reading.problems()).isEmpty();
        assertThat(order(reading)).containsExactly("01@1", "01@2");
    }

    @Test
    void shouldReadTheCapturesOfAFolderByNameAndNothingElse() throws IOException {
        String second = write(folder.resolve("b.log"), capture((byte) 2, 1));
        String first = write(folder.resolve("a"), GzipBytes.gzip(capture((byte) 1, 1)));
        write(folder.resolve("notes.pcap"), "no capture".getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("empty.pcap"), new byte[0]);
        write(Files.createDirectory(folder.resolve("inner")).resolve("c.pcap"), capture((byte) 3, 1));

        Reading reading = Reading.of(folder.toString());

        assertThat(reading.problems()).isEmpty();
        assertThat(order(reading)).containsExactly("01@1", "02@1");
        assertThat(reading.files()).extracting(CaptureSummary::name).containsExactly(first, second);
    }

    @Test
    void shouldSayThatAFolderHoldsNoCapture() throws IOException {
        assertThat(Reading.of(folder.toString()).problems())
                .containsExactly(folder + ": offset 0: cannot be opened: no capture in this folder (fatal)");
    }

    @Test
    void shouldTellWhatIsNoCaptureAndReadTheOthers() throws IOException {
        String good = write(folder.resolve("good"), capture((byte) 1, 1));
        String empty = write(folder.resolve("empty"), new byte[0]);
        String text = write(folder.resolve("text"), bytes("7f454c4602"));
        String tiny = write(folder.resolve("tiny"), bytes("d4c3"));
        String missing = folder.resolve("missing").toString();

        Reading reading = Reading.of(empty, text, tiny, missing, good, "\0");

        assertThat(reading.packets()).containsExactly(new Seen(1_000_000_000L, 1, "01", 1));
        assertThat(reading.problems())
                .containsExactly(
                        empty + ": offset 0: the file is empty (fatal)",
                        text + ": offset 0: not a capture file: begins with 7f 45 4c 46 (fatal)",
                        tiny + ": offset 0: not a capture file: begins with d4 c3 (fatal)",
                        missing + ": offset 0: no such file (fatal)",
                        "\0: offset 0: cannot be opened: no file name: Nul character not allowed (fatal)");
    }

    @Test
    void shouldTellHowFarItIs() throws IOException {
        byte[] bytes = capture((byte) 1, 1, 2);
        String file = write(folder.resolve("a"), bytes);
        try (Captures captures = Captures.open(List.of(file), InputStream.nullInputStream())) {
            assertThat(captures.position()).isZero();
            assertThat(captures.size()).isEqualTo(bytes.length);
            captures.read((time, linkType, buffer, offset, captured, length) -> {}, 1);
            assertThat(captures.position()).isEqualTo(24 + 17);
            captures.read((time, linkType, buffer, offset, captured, length) -> {}, 9);
            assertThat(captures.position()).isEqualTo(bytes.length);
        }
        try (Captures captures = Captures.open(List.of(file, "-"), InputStream.nullInputStream())) {
            assertThat(captures.size()).isEqualTo(-1);
        }
    }

    @Test
    void shouldPassOnThatTheMediumFailed() {
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(capture((byte) 1, 1))) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = in.read(target, offset, length);
                if (count < 0) {
                    throw new IOException("unplugged");
                }
                return count;
            }
        };

        assertThatThrownBy(() -> Reading.of(List.of("-"), failing))
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
    }

    @Test
    void shouldRefuseToReadNothing() {
        assertThatThrownBy(() -> Captures.open(List.of(), InputStream.nullInputStream()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
