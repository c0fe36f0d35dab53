package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.stack.Deadline;
import io.tripline.stack.FlinkMetrics;
import io.tripline.stack.Http;
import io.tripline.stack.Ports;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import io.tripline.stack.dashboards.KibanaPanel;
import io.tripline.stack.dashboards.KibanaSearch;
import io.tripline.stack.dashboards.MetricNames;
import io.tripline.stack.dashboards.PanelAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What panels ask for, asked of documents and metrics that the whole pipeline made of captures with attacks of every
 * kind.
 */
@Tag("system")
@ExtendWith(SharedStack.class)
class DashboardsOnServersTest {
    private static final List<String> CAPTURES = List.of(
            "arp_arpspoof_mitm.pcap",
            "brute_ssh_hydra.pcap",
            "distributed_5src_15ports.pcap",
            "dns_iodine_TXT_base32.pcap",
            "flood_syn_80.pcap.gz",
            "icmp_exfil_hex_56.pcap",
            "multi_scan_sequence_with_background.pcap",
            "os_O.pcap",
            "sweep_routed_tcp445_syn.pcap",
            "volume_exfil_udp_4MB.pcap.gz");

    /** What takes more history than a capture has. */
    private static final Set<String> IN_NO_CAPTURE = Set.of("tripline.volume.times_own");

    /** Before all captures. */
    private static final long BEFORE = Instant.parse("2026-11-22T06:00:00Z").getEpochSecond() * 1_000_000;

    @TempDir
    private static Path work;

    private static Pipeline pipeline;
    private static Set<String> flinkMetrics;
    private static final Map<String, Collection<JsonNode>> DOCUMENTS = new HashMap<>();

    @BeforeAll
    static void runThePipeline(Stack stack, FlinkMetrics metrics) throws Exception {
        pipeline = new Pipeline(stack, work, "dashboards");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", pipeline.brokers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            send(producer, "no batch".getBytes(StandardCharsets.UTF_8));
            send(producer, bytes(trouble("west").setDropped(500).setPackets(100).setBytes(6_000)));
            send(
                    producer,
                    bytes(trouble("south")
                            .setSentAt(now())
                            .setRun(now())
                            .setClockOffset(40_000_000)
                            .setVersion("0.1.0")
                            .setPackets(100)
                            .setBytes(6_000)));
        }
        pipeline.submit("--checkpoint-interval", "1");
        pipeline.awaitRunning();
        List<Object> replay = new ArrayList<>(List.of("--name", "east", "--segment", "office", "--read"));
        CAPTURES.forEach(capture -> replay.add(Program.ROOT.resolve("samples").resolve(capture)));
        // A replay begins in the minute to come: what is of now comes first.
        pipeline.replay("--probe", "--name", "east");
        pipeline.replay(replay.toArray());
        pipeline.awaitConsumed();
        // Flink's reporter writes no dashes in values of labels.
        String job = "job_name=\"" + pipeline.name().replace('-', '_') + "\"";
        for (String of : List.of("rule_incidentsOpened", "lastCheckpointSize")) {
            Deadline.in(Duration.ofMinutes(2))
                    .until(
                            "Flink tells of the job's " + of,
                            () -> metrics.lines().stream().anyMatch(line -> line.contains(of) && line.contains(job)));
        }
        Deadline.in(Duration.ofMinutes(2))
                .until(
                        "Flink tells of a probe that was found",
                        () -> metrics.lines().stream()
                                .anyMatch(line ->
                                        line.contains("probesFound") && line.contains(job) && line.endsWith(" 1.0")));
        flinkMetrics = metrics.names();
        pipeline.drain();
        String elastic = stack.elastic().orElseThrow().address();
        for (KibanaPanel panel : KibanaPanel.all()) {
            if (!DOCUMENTS.containsKey(panel.view())) {
                DOCUMENTS.put(
                        panel.view(), Alerts.ofIndex(elastic, index(panel)).values());
            }
        }
    }

    @AfterAll
    static void end() throws Exception {
        pipeline.close();
    }

    private static long now() {
        return Instant.now().toEpochMilli() * 1_000;
    }

    /** Part of a batch about which sensor-health has something to say. */
    private static PacketBatch.Builder trouble(String sensor) {
        return PacketBatch.newBuilder()
                .setSensor(sensor)
                .setSequence(0)
                .setTime(BEFORE)
                .setNewest(BEFORE)
                .setFirstFrame(1)
                .setPackets(0)
                .setBytes(0)
                .setEnding(true)
                .setProtocols(List.of())
                .setUnread(List.of())
                .setRecords(List.of())
                .setVolumes(List.of());
    }

    private static byte[] bytes(PacketBatch.Builder batch) throws Exception {
        ByteBuffer encoded = BatchEncoding.encode(batch.build());
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(pipeline.topic("packets"), 0, null, value))
                .get();
    }

    /** The alias that holds here what the panel looks for. */
    private static String index(KibanaPanel panel) {
        return pipeline.index().replace("-alerts", panel.view().replace("tripline", ""));
    }

    private static Collection<JsonNode> documents(KibanaPanel panel) {
        return DOCUMENTS.getOrDefault(panel.view(), List.of());
    }

    @Test
    void shouldFindInDocumentsWhatEveryPanelAsksFor() {
        Set<String> missing = new TreeSet<>();
        for (KibanaPanel panel : KibanaPanel.all()) {
            for (String field : panel.fields()) {
                if (!IN_NO_CAPTURE.contains(field)
                        && documents(panel).stream().noneMatch(document -> PanelAnswer.has(document, field))) {
                    missing.add(panel + ": " + field);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void shouldShowInEveryPanelWhatTheDocumentsSay(Stack stack) throws Exception {
        String elastic = stack.elastic().orElseThrow().address();
        for (KibanaPanel panel : KibanaPanel.all()) {
            JsonNode answer = Http.send(
                    "POST",
                    elastic + "/" + index(panel) + "/_search",
                    KibanaSearch.of(panel).toString());
            if (panel.isTable()) {
                List<String> ids = new ArrayList<>();
                answer.at("/hits/hits")
                        .forEach(hit -> ids.add(hit.at("/_source/event/id").asText()));
                assertThat(ids)
                        .as(panel.id())
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(PanelAnswer.matching(panel, documents(panel)).stream()
                                .map(document -> document.at("/event/id").asText())
                                .toList());
                continue;
            }
            Map<List<String>, List<String>> told = PanelAnswer.told(panel, answer);
            Map<List<String>, List<String>> worked = PanelAnswer.worked(panel, documents(panel));
            assertThat(told).as(panel.id()).isNotEmpty();
            assertThat(worked).as(panel.id()).containsAllEntriesOf(told);
            assertThat(told)
                    .as("%s shows all, or as many as it has room for", panel)
                    .hasSizeGreaterThanOrEqualTo(Math.min(panel.limit(), worked.size()));
        }
    }

    @Test
    void shouldTellTheNewestFirst(Stack stack) throws Exception {
        KibanaPanel newest = KibanaPanel.of("overview-newest");
        JsonNode hits = Http.send(
                        "POST",
                        stack.elastic().orElseThrow().address() + "/" + index(newest) + "/_search",
                        KibanaSearch.of(newest).toString())
                .at("/hits/hits");

        assertThat(hits.findValuesAsText("@timestamp"))
                .hasSizeGreaterThan(8)
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(hits.findValuesAsText("message")).hasSameSizeAs(hits).allMatch(message -> message.length() > 20);
    }

    @Test
    void shouldFindEveryMetricOfFlinkThatDashboardsAndAlertsUse() {
        Set<String> used = new TreeSet<>(MetricNames.used("flink_"));
        // There from when a sensor is late.
        used.removeIf(name -> name.contains("_operator_sensor_"));
        assertThat(used).hasSizeGreaterThan(20).isSubsetOf(flinkMetrics);
    }

    @Test
    void shouldFindEveryMetricOfSensorsThatDashboardsAndAlertsUse() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "not root, so no live capture: names of the sensor's metrics are not tested here");
        String address = "127.0.0.1:" + Ports.free(1).get(0);
        try (Program.Running sensor =
                pipeline.sensor("--metrics", address, "-i", "lo", "--name", "live", "--spool", work.resolve("spool"))) {
            sensor.awaitSaying("capturing on lo");
            String text = Program.metrics(address);
            Set<String> names = FlinkMetrics.names(text.lines().toList());

            assertThat(MetricNames.used("tripline_")).hasSizeGreaterThan(15).isSubsetOf(names);
        }
    }

    @Test
    void shouldKeepSensorHealthApartByKind() {
        assertThat(documents(KibanaPanel.of("sensors-newest")).stream()
                        .map(alert -> alert.at("/tripline/sensor_trouble/kind").asText()))
                .contains("drops", "clock-off");
    }
}
