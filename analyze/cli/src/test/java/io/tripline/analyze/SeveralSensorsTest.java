package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.analyze.Taps.Sees;
import io.tripline.analyze.Taps.Tap;
import io.tripline.rules.JobSettings;
import io.tripline.schemas.AlertSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several sensors see of one thing is one incident: halves add up, and what passes two sensors counts once. */
class SeveralSensorsTest {
    private static final long SECOND = 1_000_000;
    private static final long START = 1_780_000_000L * SECOND;
    private static final int CLIENT = 0x0a000001;
    private static final int SERVER = 0x0a000002;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int FIN_ACK = 0x11;
    private static final int DATA = 0x18;

    private static final Tap WEST = new Tap("west", Sees.ALL);
    private static final Tap EAST = new Tap("east", Sees.ALL);
    private static final Tap ODD = new Tap("odd", (time, ethernet, at) -> Taps.isOdd(ethernet, at));
    private static final Tap EVEN = new Tap("even", (time, ethernet, at) -> !Taps.isOdd(ethernet, at));

    @TempDir
    private Path work;

    /** All samples together: every rule fires. */
    @Test
    void shouldGiveWhatOneSensorGivesWhereTwoSeeTheSamePackets() throws Exception {
        List<Path> samples = List.of(TestCapture.SAMPLES);
        List<JsonNode> one = Taps.alerts(work, JobSettings.DEFAULT, 2, samples, WEST);

        String text = Taps.text(work, JobSettings.DEFAULT, 2, samples, WEST, EAST);

        List<JsonNode> two = documents(text);
        assertThat(rules(one)).hasSizeGreaterThanOrEqualTo(13);
        assertThat(two.stream().map(SeveralSensorsTest::withoutSensors).toList())
                .isEqualTo(one.stream().map(SeveralSensorsTest::withoutSensors).toList());
        for (int i = 0; i < one.size(); i++) {
            long seen = sensors(one.get(i)).getOrDefault("west", 0L);
            SortedMap<String, Long> both = sensors(two.get(i));
            assertThat(both).containsOnlyKeys("west", "east");
            assertThat(both.get("west")).isEqualTo(both.get("east"));
            if (!one.get(i).at("/rule/id").asText().equals("arp-spoof")) {
                // Of claims that told nothing at first, nobody knows later which sensor saw how many: at least so many.
                assertThat(both.get("west")).isEqualTo(seen);
            }
        }
        assertThat(Taps.text(work, JobSettings.DEFAULT, 1, samples, EAST, WEST)).isEqualTo(text);
        assertThat(Taps.text(work, JobSettings.DEFAULT, 4, samples, WEST, EAST)).isEqualTo(text);
    }

    @Test
    void shouldUniteThePortsThatTwoSensorsSeeHalfOfEach() throws Exception {
        List<Path> scan = files(TestCapture.scan(24, 10));
        JsonNode whole = Taps.alerts(work, JobSettings.DEFAULT, 1, scan, WEST).get(0);

        List<JsonNode> alerts = Taps.alerts(work, JobSettings.DEFAULT, 2, scan, ODD, EVEN);

        assertThat(Taps.alerts(work, JobSettings.DEFAULT, 1, scan, ODD)).isEmpty();
        assertThat(alerts).hasSize(1);
        JsonNode alert = alerts.get(0);
        assertThat(alert.at("/tripline/ports")).isEqualTo(whole.at("/tripline/ports"));
        assertThat(alert.at("/tripline/ports/distinct").asInt()).isEqualTo(24);
        assertThat(alert.at("/tripline/packets")).isEqualTo(whole.at("/tripline/packets"));
        assertThat(alert.at("/event/severity")).isEqualTo(whole.at("/event/severity"));
        assertThat(sensors(alert)).isEqualTo(Map.of("odd", 24L, "even", 24L));
    }

    @Test
    void shouldTakeAnswersThatOnlyTheOtherSensorSees() throws Exception {
        List<TestCapture.Packet> packets = new ArrayList<>();
        for (int port = 1; port <= 30; port++) {
            long time = START + port * SECOND / 10;
            packets.add(TestCapture.segment(time, CLIENT, 40_000, SERVER, port, SYN, 1_024));
            int answer = port == 22 ? SYN_ACK : 0x14;
            packets.add(TestCapture.segment(time + 200, SERVER, port, CLIENT, 40_000, answer, 0));
        }
        List<Path> scan = files(TestCapture.of(packets));
        Tap there = new Tap("there", (time, ethernet, at) -> Taps.isFrom(1, ethernet, at));
        Tap back = new Tap("back", (time, ethernet, at) -> Taps.isFrom(2, ethernet, at));

        List<JsonNode> alerts = Taps.alerts(work, JobSettings.DEFAULT, 2, scan, there, back);

        assertThat(Taps.alerts(work, JobSettings.DEFAULT, 1, scan, there)).isEmpty();
        assertThat(alerts).hasSize(1);
        JsonNode alert = alerts.get(0);
        assertThat(alert.at("/tripline/ports/distinct").asInt()).isEqualTo(30);
        assertThat(alert.at("/tripline/ports/closed").asInt()).isEqualTo(29);
        assertThat(alert.at("/tripline/ports/open/0").asInt()).isEqualTo(22);
        assertThat(sensors(alert)).isEqualTo(Map.of("there", 30L, "back", 30L));
    }

    @Test
    void shouldNotTakeLogInsForMoreBecauseTwoSensorsSeeThem() throws Exception {
        List<Path> few = files(logIns(15));
        List<Path> many = files(logIns(16));

        assertThat(Taps.alerts(work, JobSettings.DEFAULT, 2, few, WEST, EAST)).isEmpty();
        assertThat(rules(Taps.alerts(work, JobSettings.DEFAULT, 2, many, WEST, EAST)))
                .containsExactly(Map.entry("brute-force", 1L));
    }

    /** Two at the same time, one past each sensor. */
    @Test
    void shouldAddUpLogInsOfWhichEachSensorSeesHalf() throws Exception {
        TestCapture pairs = TestCapture.of(IntStream.range(0, 16)
                .boxed()
                .flatMap(i -> logIn(START + i / 2 * 2L * SECOND + SECOND / 4 + i % 2, 40_001 + i).stream())
                .sorted(Comparator.comparing(TestCapture.Packet::time))
                .toList());

        List<JsonNode> alerts = Taps.alerts(work, JobSettings.DEFAULT, 2, files(pairs), ODD, EVEN);

        assertThat(rules(alerts)).containsExactly(Map.entry("brute-force", 1L));
    }

    @Test
    void shouldNotTakeAFloodForMoreBecauseTwoSensorsSeeIt() throws Exception {
        List<Path> below = files(flood(180));
        List<Path> above = files(flood(1_100));

        assertThat(Taps.alerts(work, JobSettings.DEFAULT, 2, below, WEST, EAST)).isEmpty();
        assertThat(rules(Taps.alerts(work, JobSettings.DEFAULT, 2, above, WEST, EAST)))
                .containsExactly(Map.entry("syn-flood", 1L));
    }

    /** Each source's packets come by one of two uplinks. */
    @Test
    void shouldAddUpAFloodThatComesByTwoUplinks() throws Exception {
        Tap left = new Tap("left", (time, ethernet, at) -> (ethernet.getByte(at + 29) & 1) == 0);
        Tap right = new Tap("right", (time, ethernet, at) -> (ethernet.getByte(at + 29) & 1) == 1);
        List<Path> flood = files(flood(300));
        JsonNode whole = Taps.alerts(work, JobSettings.DEFAULT, 1, flood, WEST).get(0);

        List<JsonNode> alerts = Taps.alerts(work, JobSettings.DEFAULT, 2, flood, left, right);

        assertThat(Taps.alerts(work, JobSettings.DEFAULT, 1, flood, left)).isEmpty();
        assertThat(rules(alerts)).containsExactly(Map.entry("syn-flood", 1L));
        assertThat(withoutSensors(alerts.get(0)).at("/tripline/packets")).isEqualTo(whole.at("/tripline/packets"));
        assertThat(sensors(alerts.get(0))).containsOnlyKeys("left", "right");
    }

    /** Log-ins with half a second between them, each of a few packets, from one port after the other. */
    private static TestCapture logIns(int count) {
        return TestCapture.of(IntStream.range(0, count)
                .boxed()
                .flatMap(i -> logIn(START + i * 2L * SECOND + SECOND / 4, 40_001 + i).stream())
                .toList());
    }

    private static List<TestCapture.Packet> logIn(long time, int port) {
        List<TestCapture.Packet> packets = new ArrayList<>();
        packets.add(TestCapture.segment(time, CLIENT, port, SERVER, 22, SYN, 64_240));
        packets.add(TestCapture.segment(time + 100, SERVER, 22, CLIENT, port, SYN_ACK, 64_240));
        packets.add(TestCapture.segment(time + 200, CLIENT, port, SERVER, 22, ACK, 64_240));
        for (int i = 0; i < 20; i++) {
            packets.add(TestCapture.segment(time + 1_000 + i * 200L, CLIENT, port, SERVER, 22, DATA, 64_240));
            packets.add(TestCapture.segment(time + 1_100 + i * 200L, SERVER, 22, CLIENT, port, DATA, 64_240));
        }
        packets.add(TestCapture.segment(time + 50_000, SERVER, 22, CLIENT, port, FIN_ACK, 64_240));
        packets.add(TestCapture.segment(time + 50_100, CLIENT, port, SERVER, 22, FIN_ACK, 64_240));
        packets.add(TestCapture.segment(time + 50_200, SERVER, 22, CLIENT, port, ACK, 64_240));
        return packets;
    }

    /** SYNs from as many sources for eight seconds. */
    private static TestCapture flood(int perSecond) {
        List<TestCapture.Packet> packets = new ArrayList<>();
        for (int i = 0; i < perSecond * 8; i++) {
            long time = START + (long) i * SECOND / perSecond;
            packets.add(TestCapture.segment(time, 0x0b000000 + i, 1_024 + i % 60_000, SERVER, 80, SYN, 512));
        }
        return TestCapture.of(packets);
    }

    private List<Path> files(TestCapture capture) throws Exception {
        return List.of(Taps.file(work, capture));
    }

    private static List<JsonNode> documents(String text) {
        return text.lines().map(AlertSchema::check).toList();
    }

    private static SortedMap<String, Long> rules(List<JsonNode> alerts) {
        SortedMap<String, Long> rules = new TreeMap<>();
        alerts.forEach(alert -> rules.merge(alert.at("/rule/id").asText(), 1L, Long::sum));
        return rules;
    }

    private static SortedMap<String, Long> sensors(JsonNode alert) {
        SortedMap<String, Long> sensors = new TreeMap<>();
        alert.at("/tripline/sensors")
                .forEach(sensor -> sensors.put(
                        sensor.path("id").asText(), sensor.path("packets").asLong()));
        return sensors;
    }

    private static JsonNode withoutSensors(JsonNode alert) {
        ObjectNode rest = alert.deepCopy();
        rest.remove("observer");
        ((ObjectNode) rest.path("tripline")).remove("sensors");
        return rest;
    }
}
