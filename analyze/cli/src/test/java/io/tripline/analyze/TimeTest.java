package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a capture's clock may do without changing what is found. */
@Timeout(60)
class TimeTest {
    private static final long SECOND = 1_000_000;
    private static final long YEAR = 31_556_952 * SECOND;

    @TempDir
    private Path work;

    @Test
    void shouldRaiseNoAlertForTwentyPortsInAMinute() throws Exception {
        assertThat(analyze(TestCapture.scan(20, 59)).alerts()).isEmpty();
    }

    @Test
    void shouldRaiseOneAlertForTwentyOnePortsInAMinute() throws Exception {
        assertThat(analyze(TestCapture.scan(21, 58))
                        .alert()
                        .at("/tripline/ports/distinct")
                        .asInt())
                .isEqualTo(21);
    }

    @Test
    void shouldCallTwentyOnePortsInTwoMinutesASlowScan() throws Exception {
        assertThat(analyze(TestCapture.scan(21, 120)).alert().at("/rule/id").asText())
                .isEqualTo("slow-scan");
    }

    @Test
    void shouldChangeNothingButTimesAndIdsWhenAllTimesMoveByWholeSeconds() throws Exception {
        TestCapture capture = TestCapture.sample("fin_xmas_with_background.pcap");
        long moved = 86_399 * SECOND;

        JsonNode before = analyze(capture).alert();
        JsonNode after = analyze(capture.shifted(moved)).alert();

        assertThat(withoutTimes(after)).isEqualTo(withoutTimes(before));
        for (String time :
                List.of("/@timestamp", "/event/start", "/event/end", "/tripline/first_seen", "/tripline/detected")) {
            assertThat(Duration.between(instant(before, time), instant(after, time)))
                    .as(time)
                    .isEqualTo(Duration.ofSeconds(86_399));
        }
        assertThat(after.at("/event/id")).isNotEqualTo(before.at("/event/id"));
    }

    @Test
    void shouldMoveACrossingByAtMostASecondWhenTimesMoveByAFraction() throws Exception {
        TestCapture capture = TestCapture.sample("connect_400_with_background.pcap");
        Run reference = analyze(capture);
        for (long fraction : List.of(250_000L, 999_999L)) {
            Run run = analyze(capture.shifted(fraction));

            assertThat(run.alerts()).hasSameSizeAs(reference.alerts());
            Duration between = Duration.between(
                            instant(reference.alert(), "/@timestamp"), instant(run.alert(), "/@timestamp"))
                    .minusNanos(fraction * 1_000);
            assertThat(between.abs()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(Run.techniques(run.alert())).isEqualTo(Run.techniques(reference.alert()));
        }
    }

    @Test
    void shouldLoseNothingWhenTheClockJumpsYearsForward() throws Exception {
        checkForward(List.of(first(), second().shifted(7 * YEAR)));
    }

    @Test
    void shouldLoseNothingWhenTheClockJumpsYearsBackward() throws Exception {
        checkBackward(List.of(second().shifted(7 * YEAR), first()));
    }

    @Test
    void shouldLoseNothingWhenTheClockJumpsBackAndForth() throws Exception {
        TestCapture third = TestCapture.sample("sctp_sY.pcap").shifted(-11 * YEAR);
        checkBackward(List.of(second().shifted(3 * YEAR), third, first()));
    }

    private static TestCapture first() throws IOException {
        return TestCapture.sample("fin_xmas_with_background.pcap");
    }

    private static TestCapture second() throws IOException {
        return TestCapture.sample("sweep_routed_tcp445_syn.pcap");
    }

    /**
     * One file after the other in one capture: a jump forward changes nothing, ids and capture times included; frame
     * numbers go on.
     */
    private void checkForward(List<TestCapture> captures) throws IOException {
        assertThat(joined(captures).stream().map(TimeTest::withoutFrames).toList())
                .isEqualTo(alone(captures).stream().map(TimeTest::withoutFrames).toList());
    }

    /**
     * A jump back is certain only after 16 packets. The 15 before count as stragglers of the old time, so an incident
     * that begins with them has another first event, and so another id.
     */
    private void checkBackward(List<TestCapture> captures) throws IOException {
        assertThat(joined(captures).stream().map(TimeTest::verdict).toList())
                .containsExactlyInAnyOrderElementsOf(
                        alone(captures).stream().map(TimeTest::verdict).toList());
    }

    private List<JsonNode> alone(List<TestCapture> captures) throws IOException {
        List<JsonNode> alone = new ArrayList<>();
        for (TestCapture capture : captures) {
            alone.addAll(analyze(capture).alerts());
        }
        alone.sort(Comparator.comparing(alert -> alert.at("/event/start").asText()));
        return alone;
    }

    private List<JsonNode> joined(List<TestCapture> captures) throws IOException {
        return analyze(captures.stream().reduce(TestCapture::then).orElseThrow())
                .alerts();
    }

    private static List<String> verdict(JsonNode alert) {
        return List.of(
                alert.at("/rule/id").asText(),
                alert.at("/source/ip").asText(),
                alert.at("/tripline/techniques").toString(),
                alert.at("/tripline/ports/distinct").asText(),
                alert.at("/tripline/targets/distinct").asText());
    }

    private Run analyze(TestCapture capture) throws IOException {
        Run run = Run.analyze(work, capture.write(work.resolve("capture.pcap")).toString());
        assertThat(run.status()).isZero();
        return run;
    }

    private static Instant instant(JsonNode alert, String pointer) {
        return Instant.parse(alert.at(pointer).asText());
    }

    private static JsonNode withoutFrames(JsonNode alert) {
        ObjectNode copy = alert.deepCopy();
        ((ObjectNode) copy.get("tripline")).remove("frames");
        return copy;
    }

    private static JsonNode withoutTimes(JsonNode alert) {
        ObjectNode copy = alert.deepCopy();
        copy.remove("@timestamp");
        ((ObjectNode) copy.get("event")).remove(List.of("id", "start", "end"));
        ((ObjectNode) copy.get("tripline")).remove(List.of("first_seen", "detected"));
        ((ObjectNode) copy.get("tripline")).set("actions", new ArrayNode(null));
        return copy;
    }
}
