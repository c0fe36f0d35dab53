package io.tripline.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our decoder and tshark read the same captures; every difference must have a name. */
class TsharkComparisonTest {
    @BeforeAll
    static void shouldHaveTshark() {
        if (!Tshark.isInstalled()) {
            System.out.println(
                    "tshark is not installed: the decoder is NOT compared with it (Debian: apt install tshark)");
            abort("tshark is not installed");
        }
    }

    @Test
    @Tag("system")
    void shouldReadSamplesAsTsharkDoes() throws Exception {
        Path samples = root().resolve("samples");
        if (!Files.isDirectory(samples)) {
            abort("no folder " + samples);
        }
        List<Path> captures = captures(samples);
        assertThat(captures).as("captures in %s", samples).isNotEmpty();
        shouldAgree(captures);
    }

    @Test
    void shouldReadCapturesOfTheUserAsTsharkDoes() throws Exception {
        String folder = System.getProperty("tripline.captures");
        if (folder == null) {
            abort("no folder given with -Dtripline.captures=FOLDER");
        }
        shouldAgree(captures(Path.of(folder)));
    }

    @Test
    void shouldReadEveryLinkTypeAndTunnelAsTsharkDoes(@TempDir Path folder) throws Exception {
        Map<Integer, ByteArrayOutputStream> captures = new TreeMap<>();
        for (PacketCatalogue.Packet packet : PacketCatalogue.all()) {
            byte[] bytes = packet.bytes();
            captures.computeIfAbsent(packet.linkType(), TsharkComparisonTest::emptyCapture)
                    .writeBytes(ByteBuffer.allocate(16 + bytes.length)
                            .putLong(0)
                            .putInt(bytes.length)
                            .putInt(bytes.length)
                            .put(bytes)
                            .array());
        }
        List<Path> files = new ArrayList<>();
        for (Map.Entry<Integer, ByteArrayOutputStream> capture : captures.entrySet()) {
            Path file = folder.resolve("link-type-" + capture.getKey() + ".pcap");
            files.add(Files.write(file, capture.getValue().toByteArray()));
        }
        shouldAgree(files);
    }

    private static ByteArrayOutputStream emptyCapture(int linkType) {
        ByteArrayOutputStream capture = new ByteArrayOutputStream();
        capture.writeBytes(ByteBuffer.allocate(24)
                .putInt(0xa1b2c3d4)
                .putInt(0x00020004)
                .putLong(0)
                .putInt(65_535)
                .putInt(linkType)
                .array());
        return capture;
    }

    private static void shouldAgree(List<Path> captures) throws IOException, InterruptedException {
        PacketComparison comparison = new PacketComparison();
        for (Path capture : captures) {
            compare(comparison, capture);
        }
        System.out.printf(
                "tshark comparison: %d captures, %d packets, %d fields, explained %s%n%s%n",
                captures.size(),
                comparison.packets(),
                comparison.fields().values().stream()
                        .mapToLong(Integer::longValue)
                        .sum(),
                comparison.explained(),
                comparison.fields());
        assertThat(comparison.packets()).isPositive();
        assertThat(comparison.differences()).isEmpty();
    }

    private static void compare(PacketComparison comparison, Path capture) throws IOException, InterruptedException {
        List<Tshark.Row> rows = Tshark.decode(capture, false);
        Decoder decoder = new Decoder();
        int[] frame = {0};
        CaptureBytes.read(capture, (time, linkType, buffer, offset, captured, length) -> {
            if (frame[0] < rows.size()) {
                PacketView view = decoder.decode(time, linkType, buffer, offset, captured, length);
                comparison.compare(capture, frame[0] + 1, rows.get(frame[0]), view);
            }
            frame[0]++;
        });
        assertThat(frame[0]).as("packets in %s", capture).isEqualTo(rows.size());
        if (comparison.takeFragments()) {
            Tshark.decode(capture, true).forEach(comparison::joined);
            assertThat(comparison.headers().ours())
                    .as("headers in fragments of %s", capture)
                    .isEqualTo(comparison.headers().tshark());
        }
    }

    private static List<Path> captures(Path folder) throws IOException {
        List<Path> captures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.getFileName().toString().matches(".*\\.(pcap|pcapng|gz)"))
                    .sorted()
                    .forEach(captures::add);
        }
        return captures;
    }

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "no folder with mvnw above " + Path.of("").toAbsolutePath());
    }
}
