package io.tripline.sensor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;

/** All that came out of captures. */
record Reading(List<Seen> packets, List<String> problems, List<CaptureSummary> files, long problemCount) {
    /** Small enough that packets lie across windows, and not a multiple of anything. */
    static final int SMALL_WINDOW = 101;

    /** One packet, its bytes as hexadecimal digits. */
    record Seen(long time, int linkType, String data, int length) {}

    /** Reads a capture as a stream and as a file, which must make no difference. */
    static Reading of(byte[] capture) throws IOException {
        Path file = Files.createTempFile("capture", "");
        try {
            Files.write(file, capture);
            Reading streamed = of(List.of("-"), new ByteArrayInputStream(capture));
            Reading plain = of(file.toString());
            assertThat(plain.packets).isEqualTo(streamed.packets);
            assertThat(plain.problems.stream().map(problem -> problem.replace(file.toString(), "-")))
                    .isEqualTo(streamed.problems);
            return streamed;
        } finally {
            Files.delete(file);
        }
    }

    static Reading of(String... names) throws IOException {
        return of(List.of(names), InputStream.nullInputStream());
    }

    static Reading of(List<String> names, InputStream standardInput) throws IOException {
        try (Captures captures = Captures.unordered(names, standardInput, SMALL_WINDOW)) {
            return drain(captures);
        }
    }

    static Reading drain(Captures captures) throws IOException {
        List<Seen> packets = new ArrayList<>();
        long given = 0;
        int limit = 1;
        int step;
        do {
            step = captures.read(
                    (time, linkType, buffer, offset, captured, length) ->
                            packets.add(new Seen(time, linkType, hex(buffer, offset, captured), length)),
                    limit);
            assertThat(step).isBetween(0, limit);
            given += step;
            limit = limit % 7 + 1;
        } while (step > 0);
        assertThat(given).isEqualTo(packets.size());
        assertThat(captures.read((time, linkType, buffer, offset, captured, length) -> {}, 1))
                .isZero();
        List<String> problems = captures.problems().stream()
                .map(problem -> problem + (problem.fatal() ? " (fatal)" : ""))
                .toList();
        return new Reading(packets, problems, captures.files(), captures.problemCount());
    }

    private static String hex(DirectBuffer buffer, int offset, int captured) {
        byte[] bytes = new byte[captured];
        buffer.getBytes(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static String write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
