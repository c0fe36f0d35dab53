package io.tripline.sensor.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SensorCommandTest {
    private static final Path SAMPLES = Path.of("../..", "samples");
    private static final String CAPTURE = SAMPLES.resolve("syn_21ports.pcap").toString();

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {}

    private static Run sensor(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = SensorCommand.commandLine(new SensorCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int status = commandLine.execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }

    static List<PacketBatch> read(Path folder) throws IOException {
        BatchEncoding.trustSchemas();
        List<PacketBatch> batches = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            assertThat(file.toString()).endsWith(".avro");
            try (DataFileReader<PacketBatch> reader =
                    new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(PacketBatch.class))) {
                reader.forEach(batches::add);
            }
        }
        return batches;
    }

    private Run replay(String... more) {
        List<String> arguments = new ArrayList<>(List.of("-r", CAPTURE, "--to", "file:" + folder.resolve("out")));
        arguments.addAll(List.of(more));
        return sensor(arguments.toArray(String[]::new));
    }

    @Test
    void shouldPublishAProbeOfNowUnderANameOfItsOwn() throws IOException {
        long before = System.currentTimeMillis() * 1_000;
        Run run = sensor("--probe", "--name", "tap", "--to", "file:" + folder.resolve("out"));
        long after = System.currentTimeMillis() * 1_000;
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("120 packets, ");

        List<PacketBatch> batches = read(folder.resolve("out"));
        assertThat(batches).extracting(PacketBatch::getSensor).containsOnly("tap/probe");
        assertThat(batches.get(0).getTime()).isBetween(before - 2_000_000, after);
        assertThat(batches.get(batches.size() - 1).getEnding()).isTrue();
        // 2001:db8::/32, in which nobody is.
        assertThat(batches.stream().flatMap(batch -> batch.getRecords().stream()))
                .isNotEmpty()
                .allMatch(packet -> packet.getSourceHigh() >>> 32 == 0x20010db8L);
    }

    @Test
    void shouldProbeWithTheSettingsOfALiveSensor() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("sensor.yaml"),
                "interface: eth0\nname: tap\nto: file:" + folder.resolve("out") + "\nspool: off\n");
        Run run = sensor("--probe", "--config", settings.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(read(folder.resolve("out")))
                .extracting(PacketBatch::getSensor)
                .containsOnly("tap/probe");
    }

    @Test
    void shouldNameAReplayAfterTheHostButNotAsTheSensorThatListensThere() throws IOException {
        assertThat(replay().status()).isZero();

        assertThat(read(folder.resolve("out")))
                .extracting(PacketBatch::getSensor)
                .containsOnly(InetAddress.getLocalHost().getHostName() + "/replay");
    }

    @Test
    void shouldReplayACaptureAsIfItHappenedNow() throws IOException {
        long before = System.currentTimeMillis() * 1_000;
        Run run = replay("--name", "tap", "--segment", "lan");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();

        List<PacketBatch> batches = read(folder.resolve("out"));
        long packets = batches.stream().mapToLong(PacketBatch::getPackets).sum();
        assertThat(run.out()).startsWith(packets + " packets, ");
        PacketBatch first = batches.get(0);
        assertThat(first.getTime()).isBetween(before, before + 70_000_000);
        assertThat(first.getClockShift()).isPositive();
        assertThat(first.getClockShift() % 60_000_000).isZero();
        assertThat(batches).extracting(PacketBatch::getSensor).containsOnly("tap");
        assertThat(batches).extracting(PacketBatch::getSegment).containsOnly("lan");
        assertThat(batches).extracting(PacketBatch::getSentAt).containsOnly(0L);
        assertThat(batches).extracting(PacketBatch::getRun).allMatch(started -> started >= before);
        assertThat(batches.subList(0, batches.size() - 1))
                .extracting(PacketBatch::getEnding)
                .containsOnly(false);
        PacketBatch last = batches.get(batches.size() - 1);
        assertThat(last.getEnding()).isTrue();
        assertThat(last.getPackets()).isZero();
    }

    @Test
    void shouldKeepTheTimeOfTheCaptureWhereWanted() throws IOException {
        replay("--original-time");
        assertThat(read(folder.resolve("out")))
                .extracting(PacketBatch::getClockShift)
                .containsOnly(0L);
    }

    @Test
    void shouldReplayAtTheCapturesOwnPaceAndKeepTellingTheTime() throws IOException {
        long start = System.nanoTime();
        assertThat(replay("--pace").status()).isZero();
        List<PacketBatch> batches = read(folder.resolve("out"));
        long span = batches.get(batches.size() - 1).getNewest() - batches.get(0).getTime();
        assertThat((System.nanoTime() - start) / 1_000).isGreaterThan(span - 1_000);
    }

    @Test
    void shouldPublishWhatItCanOfADamagedCaptureAndSayWhereTheDamageIs() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(CAPTURE));
        Path cut = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(whole, whole.length - 20));
        Run run = sensor("-r", cut.toString(), "--to", "file:" + folder.resolve("out"));
        assertThat(run.status()).isEqualTo(65);
        assertThat(run.err()).contains("cut.pcap: offset ");
        assertThat(read(folder.resolve("out"))).isNotEmpty();
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertWrong(64, "specify an input", "--to", "file:x");
        assertWrong(64, "--to is missing", "-r", CAPTURE);
        assertWrong(64, "--to: must be kafka:HOST:PORT", "-r", CAPTURE, "--to", "broker:9092");
        assertWrong(
                64, "--conversations: must be a power of two", "-r", CAPTURE, "--to", "file:x", "--conversations=999");
        assertWrong(64, "--spool: is for -i only", "-r", CAPTURE, "--to", "file:x", "--spool", "y");
        assertWrong(64, "--metrics: must be HOST:PORT", "-r", CAPTURE, "--to", "file:x", "--metrics", "9464");
        assertWrong(74, "missing: no such file", "-r", CAPTURE, "--to", "file:x", "--config", "missing");
        assertWrong(74, "file", "-r", CAPTURE, "--to", "file:/proc/none/x");
    }

    private static void assertWrong(int status, String reason, String... arguments) {
        Run run = sensor(arguments);
        assertThat(run.err()).startsWith("tripline: ").contains(reason).hasLineCount(1);
        assertThat(run.status()).isEqualTo(status);
    }

    @Test
    void shouldSayWithinSecondsThatNoBrokerAnswers() {
        Run run = sensor("-r", CAPTURE, "--to", "kafka:256.256.256.256:9092");
        assertThat(run.err())
                .startsWith("tripline: kafka:256.256.256.256:9092: ")
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(74);
    }

    @Test
    void shouldTakeSettingsFromAFileAndTheCommandLineOverThem() throws IOException {
        Path file = Files.writeString(folder.resolve("sensor.yaml"), """
                name: from-file
                segment: office
                to: file:%s
                kafka:
                  linger.ms: 50
                """.formatted(folder.resolve("out")));
        assertThat(sensor("-r", CAPTURE, "--config", file.toString(), "--name", "mine")
                        .status())
                .isZero();
        PacketBatch first = read(folder.resolve("out")).get(0);
        assertThat(first.getSensor()).isEqualTo("mine");
        assertThat(first.getSegment()).isEqualTo("office");
    }

    /** But for what goes with an interface, in whose place there is a capture here. */
    @ParameterizedTest
    @ValueSource(strings = {"compose", "kubernetes"})
    void shouldTakeTheSettingsOfContainers(String deployment) throws IOException {
        String settings = Files.readString(Path.of("../../deploy", deployment, "settings/sensor.yaml"));
        Path file = Files.writeString(
                folder.resolve("sensor.yaml"), settings.replaceAll("(?m)^(interface|spool): .*$", ""));
        Run run = sensor("-r", CAPTURE, "--config", file.toString(), "--to", "file:" + folder.resolve("out"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(settings).contains("security.protocol: SASL_SSL");
    }

    @Test
    void shouldTellFileLineAndKeyOfWhatIsWrongInAFileButNoValue() throws IOException {
        assertFile("name: a\nnmae: b\n", ":2: nmae: no such key");
        assertFile("name: a\nname: b\n", ":2: name: duplicate key");
        assertFile("name: &x a\nsegment: *x\n", ":2: segment: anchors");
        assertFile("name: a\n---\nname: b\n", "a second document");
        assertFile("conversations: many\n", ":1: conversations: must be a whole number");
        assertFile("\nevery-packet: yes please\n", ":2: every-packet: must be true or false");
        assertFile("name: [\n", "is not YAML");
        assertFile("kafka: hunter2\n", ":1: kafka: must be a group");
    }

    private void assertFile(String text, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), text);
        Run run = sensor("-r", CAPTURE, "--to", "kafka:localhost:1", "--config", file.toString());
        assertThat(run.err())
                .startsWith("tripline: " + file)
                .contains(reason)
                .doesNotContain("hunter2")
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(64);
    }
}
