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

class FileWindowTest {
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

    private static long readAll(Captures captures) throws IOException {
        long given = 0;
        int step;
        do {
            step = captures.read((time, linkType, buffer, offset, captured, length) -> buffer.getByte(offset), 1000);
            given += step;
        } while (step > 0);
        return given;
    }

    /** What was read before counts: whole packets up to where the file was found to end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 4096, 1 << 20})
    void shouldTellThatAFileBecameShorterWhileItWasRead(int windowSize) throws IOException {
        Path file = capture();
        long size = 24 + 100 * RECORD + 500;
        try (Captures captures = Captures.open(List.of(file.toString()), InputStream.nullInputStream(), windowSize)) {
            long given = captures.read((time, linkType, buffer, offset, captured, length) -> {}, 10);
            shorten(file, size);
            given += readAll(captures);

            assertThat(captures.problems()).hasSize(1);
            CaptureProblem problem = captures.problems().get(0);
            long end = problem.offset();
            assertThat(problem).isEqualTo(new CaptureProblem(file.toString(), end, FileWindow.SHRUNK, true));
            assertThat(end).isBetween(size, Math.max(size, windowSize + 2L * RECORD));
            assertThat(given).isEqualTo((end - 24) / RECORD);
        }
    }

    @Test
    void shouldTellThatAFileWasEmptiedBehindThePacketsAlreadyRead() throws IOException {
        Path file = capture();
        try (Captures captures = Captures.open(List.of(file.toString()), InputStream.nullInputStream(), 4096)) {
            captures.read((time, linkType, buffer, offset, captured, length) -> {}, 100);
            shorten(file, 0);
            readAll(captures);

            assertThat(captures.problems()).hasSize(1);
            assertThat(captures.problems().get(0).toString()).endsWith(FileWindow.SHRUNK);
        }
    }

    @Test
    void shouldGiveAllThatWasReadBeforeAFileBecameShorter() throws IOException {
        Path file = capture();
        try (Captures captures = Captures.open(List.of(file.toString()), InputStream.nullInputStream(), 64 << 20)) {
            long given = captures.read((time, linkType, buffer, offset, captured, length) -> {}, 10);
            shorten(file, 0);

            assertThat(given + readAll(captures)).isEqualTo(PACKETS);
            assertThat(captures.problems()).isEmpty();
        }
    }
}
