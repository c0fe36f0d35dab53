package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.shell.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures that are damaged, missing or of a strange kind: the rest is analysed, and each place is told in a line. */
class DamageTest {
    private static final String SCAN =
            TestCapture.SAMPLES.resolve("syn_21ports.pcap").toString();

    @TempDir
    private Path work;

    @Test
    void shouldAnalyseAllButAPacketThatIsCutOff() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(SCAN));
        Path file = file("cut.pcap", Arrays.copyOf(whole, whole.length - 5));

        Run run = Run.analyze(work, "--json", file.toString());

        checkTold(run, file.toString(), "offset 3");
        assertThat(run.summary().path("packets").asInt()).isEqualTo(44);
        assertThat(run.alerts()).hasSize(1);
    }

    @Test
    void shouldTellOfADamagedBlock() throws Exception {
        byte[] bytes = Files.readAllBytes(TestCapture.SAMPLES.resolve("xmas_300_dumpcap.pcapng"));
        ByteBuffer blocks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int block = 0;
        while (block < bytes.length / 2) {
            block += blocks.getInt(block + 4);
        }
        blocks.putInt(block + 4, -1);
        Path file = file("damaged.pcapng", bytes);

        Run run = Run.analyze(work, file.toString());

        checkTold(run, file + ": offset " + block + ": ");
        assertThat(run.alerts()).hasSize(1);
    }

    @Test
    void shouldCountPacketsOfAnUnknownLinkType() throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(SCAN));
        bytes[20] = (byte) 147;
        Path file = file("private.pcap", bytes);

        Run run = Run.analyze(work, "--json", file.toString());

        assertThat(run.summary().path("packets").asInt()).isEqualTo(45);
        assertThat(run.summary().path("unread")).isNotEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.INPUT);
    }

    @Test
    void shouldTellOfFilesThatAreNoCaptureAndAnalyseTheOthers() throws Exception {
        Path empty = file("empty.pcap", new byte[0]);
        Path text = file("notes.txt", "not a capture".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Path missing = work.resolve("missing.pcap");

        Run run = Run.analyze(work, empty.toString(), SCAN, text.toString(), missing.toString());

        checkTold(
                run,
                empty + ": offset 0: the file is empty",
                text + ": offset 0: not a capture file: begins with 6e 6f 74 20");
        checkTold(run, missing + ": offset 0: no such file");
        assertThat(run.err()).hasLineCount(3);
        assertThat(run.alerts()).hasSize(1);
    }

    @Test
    void shouldWriteEmptyResultsWhereNothingCouldBeRead() throws Exception {
        Run run = Run.analyze(work, work.resolve("missing.pcap").toString());

        checkTold(run, "no such file");
        assertThat(run.text(OutputFolder.ALERTS)).isEmpty();
        assertThat(run.report().path("packets").asInt()).isZero();
    }

    @Test
    void shouldTellOfAFolderWithoutCaptures() throws Exception {
        Path folder = Files.createDirectory(work.resolve("nothing"));

        checkTold(Run.analyze(work, folder.toString()), folder.toString(), "no capture in this folder");
    }

    @Test
    void shouldReadStandardInputAlsoInsideGzip() throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(SCAN));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        Run named = Run.analyze(work, SCAN);

        Run plain = Run.analyze(work, new ByteArrayInputStream(bytes), "-");
        Run inside = Run.analyze(work, new ByteArrayInputStream(packed.toByteArray()), "-");

        assertThat(plain.text(OutputFolder.ALERTS)).isEqualTo(named.text(OutputFolder.ALERTS));
        assertThat(inside.text(OutputFolder.ALERTS)).isEqualTo(named.text(OutputFolder.ALERTS));
        assertThat(named.report().at("/capture/0/sha256").asText()).hasSize(64);
        assertThat(plain.report().at("/capture/0").has("sha256")).isFalse();
    }

    @Test
    void shouldSeeOneIncidentWhereAScanIsSpreadOverRotatedFiles() throws Exception {
        TestCapture whole = TestCapture.sample("connect_400_with_background.pcap");
        int half = whole.packets().size() / 2;
        Path folder = Files.createDirectory(work.resolve("rotated"));
        whole.part(0, half).write(folder.resolve("b.pcap"));
        whole.part(half, whole.packets().size()).write(folder.resolve("a.pcap"));

        Run rotated = Run.analyze(work, folder.toString());
        Run named = Run.analyze(
                work,
                folder.resolve("a.pcap").toString(),
                folder.resolve("b.pcap").toString());
        Run one = Run.analyze(work, whole.write(work.resolve("whole.pcap")).toString());

        assertThat(rotated.alerts()).hasSize(1);
        assertThat(rotated.text(OutputFolder.ALERTS)).isEqualTo(one.text(OutputFolder.ALERTS));
        assertThat(named.text(OutputFolder.ALERTS)).isEqualTo(one.text(OutputFolder.ALERTS));
        assertThat(rotated.text(OutputFolder.INDICATORS)).isEqualTo(one.text(OutputFolder.INDICATORS));
    }

    @Test
    void shouldShowHostileNamesHarmlessly() throws Exception {
        String name = "bad\u001b[31m\nname\u202e.pcap";
        Path file = file(name, new byte[] {1, 2, 3});

        Run run = Run.analyze(work, file.toString());

        assertThat(run.err())
                .hasLineCount(1)
                .doesNotContain("\u001b", "\u202e")
                .contains("bad\ufffd[31m\ufffdname\ufffd");
        assertThat(run.report().at("/capture/0/file").asText()).doesNotContain("\u001b", "\n", "\u202e");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(work.resolve(name), bytes);
    }

    private static void checkTold(Run run, String... parts) {
        assertThat(run.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(run.err()).contains(parts).doesNotContain("\tat ");
    }
}
