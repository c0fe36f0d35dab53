package io.tripline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerateCaptureTest {
    private static final int PACKETS = 30_000;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_ARP = 0x0806;

    @TempDir
    private Path folder;

    /** What a frame says of itself; {@code flags} is -1 where it is not TCP. */
    private record Frame(long micros, int length, int type, int ipLength, int protocol, int flags) {}

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameFileForTheSameSeed(GenerateCapture.Kind kind) throws IOException {
        byte[] capture = generate(kind, 7);

        assertThat(generate(kind, 7)).isEqualTo(capture);
        assertThat(generate(kind, 8)).isNotEqualTo(capture);
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteFramesWhoseLengthsAgreeInTimeOrder(GenerateCapture.Kind kind) throws IOException {
        List<Frame> frames = frames(generate(kind, 1));

        assertThat(frames).hasSize(PACKETS).isSortedAccordingTo((a, b) -> Long.compare(a.micros(), b.micros()));
        assertThat(frames).allSatisfy(frame -> {
            assertThat(frame.length()).isBetween(60, 1_514);
            assertThat(frame.type()).isIn(TYPE_IPV4, TYPE_ARP);
            assertThat(Math.max(60, 14 + frame.ipLength())).isEqualTo(frame.length());
        });
    }

    @Test
    void shouldMakeAScanOfProbesAndRefusals() throws IOException {
        List<Frame> frames = frames(generate(GenerateCapture.Kind.scan, 1));

        assertThat(share(frames, 0x02)).isBetween(0.50, 0.56);
        assertThat(share(frames, 0x14)).isBetween(0.42, 0.48);
        assertThat(share(frames, 0x12)).isBetween(0.01, 0.03);
        assertThat(share(frames, 0x04)).isBetween(0.01, 0.03);
        assertThat(frames.stream().mapToInt(Frame::length).average()).hasValueCloseTo(60.0, within(1.0));
    }

    @Test
    void shouldMixEveryKindOfTraffic() throws IOException {
        List<Frame> frames = frames(generate(GenerateCapture.Kind.mixed, 1));

        assertThat(frames).extracting(Frame::protocol).contains(1, 6, 17);
        assertThat(frames).extracting(Frame::type).contains(TYPE_ARP);
        assertThat(frames).extracting(Frame::flags).contains(0x02, 0x12, 0x10, 0x18, 0x11, 0x14);
        assertThat(frames.stream().mapToInt(Frame::length).average()).hasValueCloseTo(540.0, within(60.0));
    }

    @Test
    void shouldCutFramesAtTheSnapLengthAndKeepTheirLengths() throws IOException {
        Path file = folder.resolve("cut.pcap");
        GenerateCapture.write(GenerateCapture.Kind.mixed, PACKETS, 1, 96, file);
        List<Frame> whole = frames(generate(GenerateCapture.Kind.mixed, 1));

        ByteBuffer cut = ByteBuffer.wrap(Files.readAllBytes(file)).position(FILE_HEADER);
        for (Frame frame : whole) {
            int at = cut.position();
            int kept = Math.min(96, frame.length());
            assertThat(cut.getInt(at + 8)).isEqualTo(kept);
            assertThat(cut.getInt(at + 12)).isEqualTo(frame.length());
            assertThat(frame(frame.micros(), cut.slice(at + RECORD_HEADER, kept))
                            .protocol())
                    .isEqualTo(frame.protocol());
            cut.position(at + RECORD_HEADER + kept);
        }
        assertThat(cut.hasRemaining()).isFalse();
    }

    private byte[] generate(GenerateCapture.Kind kind, long seed) throws IOException {
        Path file = folder.resolve(kind + "-" + seed + ".pcap");
        GenerateCapture.write(kind, PACKETS, seed, CaptureWriter.WHOLE, file);
        return Files.readAllBytes(file);
    }

    private static double share(List<Frame> frames, int flags) {
        return (double) frames.stream().filter(frame -> frame.flags() == flags).count() / frames.size();
    }

    private static List<Frame> frames(byte[] capture) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(capture).position(FILE_HEADER);
        while (file.hasRemaining()) {
            int at = file.position();
            int captured = file.getInt(at + 8);
            assertThat(file.getInt(at + 12)).isEqualTo(captured);
            long micros = file.getInt(at) * 1_000_000L + file.getInt(at + 4);
            frames.add(frame(micros, file.slice(at + RECORD_HEADER, captured)));
            file.position(at + RECORD_HEADER + captured);
        }
        return frames;
    }

    private static Frame frame(long micros, ByteBuffer frame) {
        int type = frame.getShort(12);
        boolean ip = type == TYPE_IPV4;
        int protocol = ip ? frame.get(23) : 0;
        int flags = protocol == 6 ? frame.get(47) : -1;
        return new Frame(micros, frame.limit(), type, ip ? frame.getShort(16) : 28, protocol, flags);
    }
}
