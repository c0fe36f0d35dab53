package io.tripline.sensor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedWindowTest {
    private static final int PACKETS = 5000;
    private static final int RECORD = 16 + 1000;

    @TempDir
    Path folder;

    private Path capture() throws IOException {
        PcapBytes capture = new PcapBytes();
        for (int i = 0; i < PACKETS; i++) {
            capture.packet(1_000_000 + i, new byte[1000]);
        }
        return Files.write(folder.resolve("capture"), capture.bytes());
    }

    private static void shorten(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 4096, 1 << 20, 64 << 20})
    void shouldTellThatAFileBecameShorterWhileItWasRead(int windowSize) throws IOException {
        Path file = capture();
        long size = 24 + 100 * RECORD + 500;
        long given = 0;
        try (Captures captures = Captures.open(List.of(file.toString()), InputStream.nullInputStream(), windowSize)) {
            given += captures.read((time, linkType, buffer, offset, captured, length) -> {}, 10);
            shorten(file, size);
            int step;
            do {
                step = captures.read(
                        (time, linkType, buffer, offset, captured, length) -> buffer.getByte(offset), 1000);
                given += step;
            } while (step > 0);

            assertThat(captures.problems())
                    .containsExactly(new CaptureProblem(file.toString(), size, MappedWindow.SHRUNK, true));
        }
        // Of the packet that was cut, the missing part may have read as zeros.
        assertThat(given).isBetween(100L, 101L);
    }

    @Test
    void shouldTellThatAFileWasEmptiedBehindThePacketsAlreadyRead() throws IOException {
        Path file = capture();
        try (Captures captures = Captures.open(List.of(file.toString()), InputStream.nullInputStream(), 4096)) {
            captures.read((time, linkType, buffer, offset, captured, length) -> {}, 100);
            shorten(file, 0);
            int step;
            do {
                step = captures.read(
                        (time, linkType, buffer, offset, captured, length) -> buffer.getByte(offset), 1000);
            } while (step > 0);

            assertThat(captures.problems())
                    .containsExactly(new CaptureProblem(file.toString(), 0, MappedWindow.SHRUNK, true));
        }
    }

    @Test
    void shouldNotKeepMoreThanOneWindowMapped() throws IOException {
        Path file = capture();
        int[] most = new int[1];
        try (Captures captures = Captures.unordered(List.of(file.toString()), InputStream.nullInputStream(), 8192)) {
            int step;
            do {
                step = captures.read((time, linkType, buffer, offset, captured, length) -> {}, 100);
                most[0] = Math.max(most[0], mappings(file));
            } while (step > 0);
            assertThat(mappings(file)).isZero();
        }
        assertThat(most[0]).isLessThanOrEqualTo(1);
    }

    /** How often a file is mapped into this process, as Linux tells; 0 elsewhere. */
    private static int mappings(Path file) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return 0;
        }
        return (int) Files.readAllLines(maps).stream()
                .filter(line -> line.endsWith(file.toString()))
                .count();
    }
}
