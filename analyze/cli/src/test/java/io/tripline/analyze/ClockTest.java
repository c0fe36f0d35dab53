package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.analyze.TestCapture.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scan is one incident with one begin, however the clock that stamped it goes: set back, of two taps, or far ahead
 * for one packet.
 */
@Timeout(120)
class ClockTest {
    private static final long SECOND = 1_000_000;

    /** 15 ports a second, each refused. */
    private static final TestCapture SCAN = TestCapture.scan(600, 40);

    @TempDir
    private Path work;

    @Test
    void shouldFindOneScanWhereTheClockIsSetBackInItsMidst() throws Exception {
        for (long back : List.of(SECOND / 2, 2 * SECOND, 60 * SECOND, 3_600 * SECOND)) {
            long step = SCAN.first() + 20 * SECOND;
            Run run = analyze(SCAN.withTimes(time -> time < step ? time : time - back));

            assertScan(run);
            assertThat(run.report().at("/quality/clock_set_backs").asInt()).isEqualTo(1);
            assertThat(run.report().at("/quality/out_of_order").asInt()).isZero();
            assertThat(run.out()).contains("clock was set back");
        }
    }

    @Test
    void shouldFindOneScanWhereTheClockIsSetBackTwice() throws Exception {
        long first = SCAN.first() + 10 * SECOND;
        long second = SCAN.first() + 25 * SECOND;
        Run run = analyze(
                SCAN.withTimes(time -> time - (time < first ? 0 : 3 * SECOND) - (time < second ? 0 : 90 * SECOND)));

        assertScan(run);
        assertThat(run.report().at("/quality/clock_set_backs").asInt()).isEqualTo(2);
    }

    /** Questions at one tap, answers at the other. */
    @Test
    void shouldFindWhatTapsInStepShowWhereOneIsLate() throws Exception {
        JsonNode inStep = analyze(SCAN).alert();
        for (long late : List.of(3 * SECOND / 10, 16 * SECOND / 10, 9 * SECOND)) {
            Run run = analyze(arriving((packet, number) -> packet.time() + (number % 2 == 0 ? 0 : late)));

            assertThat(withoutFrames(run.alert())).isEqualTo(withoutFrames(inStep));
            assertThat(run.report().at("/quality/reordered").asInt()).isPositive();
        }
    }

    @Test
    void shouldFindTheSameHoweverPacketsAreShuffledWithinTenSeconds() throws Exception {
        JsonNode inOrder = analyze(SCAN).alert();
        for (int round = 0; round < 3; round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            Run run = analyze(arriving((packet, number) -> packet.time() + random.nextLong(9 * SECOND)));

            assertThat(withoutFrames(run.alert())).as("seed %d", seed).isEqualTo(withoutFrames(inOrder));
        }
    }

    @Test
    void shouldNotFollowAPacketOfTheFuture() throws Exception {
        int count = SCAN.packets().size();
        long[] ahead = {11 * SECOND, 3_600 * SECOND, 2_500_000_000L * SECOND};
        int[] places = {0, count / 2, count - 3};
        for (int i = 0; i < ahead.length; i++) {
            List<Packet> packets = new ArrayList<>(SCAN.packets());
            Packet packet = packets.get(places[i]);
            packets.set(places[i], new Packet(packet.time() + ahead[i], packet.data(), packet.length()));
            Run run = analyze(TestCapture.of(packets));

            assertScan(run);
            assertThat(run.report().at("/quality/impossible_times").asInt()).isEqualTo(1);
            assertThat(Instant.parse(run.report().at("/last").asText())).isBefore(time(SCAN.first() + 41 * SECOND));
        }
    }

    @Test
    void shouldDoTheSameWithGzipAndStandardInput() throws Exception {
        TestCapture late = arriving((packet, number) -> packet.time() + (number % 2 == 0 ? 0 : 2 * SECOND));
        List<JsonNode> expected = analyze(late).alerts();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(late.bytes());
        }
        Path file = Files.write(work.resolve("late.pcap.gz"), compressed.toByteArray());

        assertThat(Run.analyze(work, file.toString()).alerts()).isEqualTo(expected);
        assertThat(Run.analyze(work, new ByteArrayInputStream(late.bytes()), "-")
                        .alerts())
                .isEqualTo(expected);
    }

    private interface Arrival {
        long of(Packet packet, int number);
    }

    /** The scan with packets in the order in which they arrive, and the times at which they were sent. */
    private static TestCapture arriving(Arrival arrival) {
        record Arrived(Packet packet, long at) {}
        List<Arrived> arrived = new ArrayList<>();
        for (Packet packet : SCAN.packets()) {
            arrived.add(new Arrived(packet, arrival.of(packet, arrived.size())));
        }
        arrived.sort(Comparator.comparingLong(Arrived::at));
        return TestCapture.of(arrived.stream().map(Arrived::packet).toList());
    }

    private void assertScan(Run run) throws IOException {
        JsonNode alert = run.alert();
        assertThat(alert.at("/rule/id").asText()).isEqualTo("port-scan");
        assertThat(alert.at("/tripline/ports/distinct").asInt()).isEqualTo(600);
        // The first packet may have been given the time of the second.
        assertThat(Instant.parse(alert.at("/event/start").asText()))
                .isBetween(time(SCAN.first()), time(SCAN.first() + 100));
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static JsonNode withoutFrames(JsonNode alert) {
        JsonNode copy = alert.deepCopy();
        ((ObjectNode) copy.get("tripline")).remove("frames");
        return copy;
    }

    private Run analyze(TestCapture capture) throws IOException {
        Run run = Run.analyze(work, capture.write(work.resolve("capture.pcap")).toString());
        assertThat(run.status()).isZero();
        return run;
    }
}
