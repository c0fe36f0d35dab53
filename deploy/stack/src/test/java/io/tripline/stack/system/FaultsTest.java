package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.stack.Deadline;
import io.tripline.stack.ElasticServer;
import io.tripline.stack.Http;
import io.tripline.stack.RefusingProxy;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a capture of six scans is replayed at its own pace, something is killed, broken or changed. Afterwards the
 * incidents are those that {@code analyze} finds in the capture, in Elasticsearch and on the topic, and none is there
 * twice.
 */
@Tag("system")
@ExtendWith(SharedStack.class)
class FaultsTest {
    private static final Path CAPTURE = Program.ROOT.resolve("samples/multi_scan_sequence_with_background.pcap");
    /** The capture spans sixteen seconds; its first incident is told after five. */
    private static final Duration HALF = Duration.ofSeconds(8);

    /** So that no test waits long for a checkpoint. */
    private static final String OFTEN = "--checkpoint-interval=1";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(Integer.getInteger("tripline.broker-away", 30));
    private static final Duration ELASTIC_AWAY = Duration.ofSeconds(Integer.getInteger("tripline.elastic-away", 60));

    /** What analyze says of the capture. */
    private static @Nullable SortedMap<String, JsonNode> analyzed;

    @TempDir
    private Path work;

    private Stack stack;
    private Pipeline pipeline;

    @BeforeEach
    void begin(Stack shared) throws Exception {
        stack = shared;
        pipeline = new Pipeline(shared, work, "fault");
    }

    @AfterEach
    void end() throws Exception {
        stack.up();
        pipeline.close();
    }

    @Test
    void shouldSurviveTheKillOfTheJobManager() throws Exception {
        pipeline.submit(OFTEN);
        Program.Running sensor = replayUntilInTheMiddle();

        stack.flink().jobManager().kill();
        sensor.resume();
        sensor.await().well();
        stack.up();

        assertSameIncidents();
    }

    @Test
    void shouldWaitForABrokerThatWasKilled() throws Exception {
        pipeline.submit(OFTEN);
        Program.Running sensor = replayUntilInTheMiddle();

        stack.kafka().kill();
        sensor.resume();
        pause(BROKER_AWAY);
        stack.up();

        sensor.await().well();
        assertSameIncidents();
    }

    @Test
    void shouldWaitForAnElasticsearchThatWasKilled() throws Exception {
        pipeline.submit(OFTEN);
        Program.Running sensor = replayUntilInTheMiddle();

        ElasticServer elastic = stack.elastic().orElseThrow();
        elastic.kill();
        sensor.resume();
        sensor.await().well();
        pause(ELASTIC_AWAY);
        stack.up();

        assertSameIncidents();
    }

    /**
     * A password that was changed there first, then privileges that were taken away. Neither detection nor the topic of
     * alerts takes notice.
     */
    @Test
    void shouldGoOnWithoutAnElasticsearchThatRefusesIt() throws Exception {
        try (RefusingProxy proxy =
                new RefusingProxy(stack.elastic().orElseThrow().address())) {
            pipeline.elasticAt(proxy.address());
            pipeline.submit(OFTEN);
            Program.Running sensor = replayUntilInTheMiddle();
            int told = told();

            proxy.refuse(401);
            sensor.resume();
            Deadline.in(PATIENCE)
                    .until("more is told, and Elasticsearch refused it", () -> told() > told && proxy.refused() > 0);
            int checkpoints = pipeline.checkpoints();
            sensor.await().well();
            proxy.refuse(403);
            pause(ELASTIC_AWAY);
            pipeline.awaitConsumed();
            assertThat(proxy.refused()).as("it goes on trying").isPositive();
            assertThat(pipeline.checkpoints()).as("checkpoints go on").isGreaterThan(checkpoints + 3);
            assertThat(pipeline.restarts()).as("the job goes on").isZero();
            proxy.allow();

            assertSameIncidents();
        }
        assertRefilled();
    }

    /** Documents on the topic of alerts. */
    private int told() throws Exception {
        return Alerts.records(pipeline.brokers(), pipeline.topic("alerts")).size();
    }

    /** Documents that are lost come from the topic again. */
    private void assertRefilled() throws Exception {
        String server = stack.elastic().orElseThrow().address();
        for (JsonNode index : Http.get(server + "/_cat/indices/" + pipeline.index() + "-*?format=json")) {
            Http.send("DELETE", server + "/" + index.path("index").asText(), "");
        }
        String[] refill = {
            "refill", "--config", pipeline.settings().toString(), "--topic-prefix", pipeline.name(),
        };
        pipeline.elasticAt(server);

        assertThat(Program.JOB.run((Object[]) refill).well().out())
                .contains(analyzed().size() + " incidents stored", "0 rejected, 0 documents are not alerts");
        assertThat(Alerts.comparable(pipeline.indexed())).isEqualTo(analyzed());
    }

    /** One replay for three faults, none of which may leave a trace: a TaskManager is killed as well. */
    @Test
    void shouldSetAsideAPoisonedRecordAndKeepItsRulesWhenTheirFileBreaksAndSurviveTheKillOfATaskManager()
            throws Exception {
        pipeline.submit(OFTEN);
        Program.Running sensor = replayUntilInTheMiddle();

        byte[] poison = "no batch at all".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", pipeline.brokers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(pipeline.topic("packets"), poison))
                    .get();
        }
        String before = pipeline.job();
        pipeline.writeSettings("rules:\n  port-scan:\n    ports: many\n");
        Program.Ended update = Program.JOB.run(updateArguments());
        assertThat(update.status()).isEqualTo(64);
        assertThat(update.err()).contains("tripline.yaml:").contains("port");
        assertThat(pipeline.job()).as("the job was left alone").isEqualTo(before);
        stack.flink().busy(before).kill();

        sensor.resume();
        sensor.await().well();
        stack.up();
        assertSameIncidents();
        List<String> rejected = Alerts.records(pipeline.brokers(), pipeline.topic("rejected")).stream()
                .map(ConsumerRecord::value)
                .distinct()
                .toList();
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0)).contains("\"reason\"", pipeline.topic("packets"));
    }

    @Test
    void shouldGoOnFromASavepointWithTwiceTheParallelism() throws Exception {
        pipeline.submit(OFTEN, "--parallelism", 1);
        Program.Running sensor = replayUntilInTheMiddle();

        String before = pipeline.job();
        Program.JOB.run(updateArguments(OFTEN, "--parallelism", 2)).well();
        assertThat(pipeline.job()).isNotEqualTo(before);
        pipeline.awaitRunning();

        sensor.resume();
        sensor.await().well();
        pipeline.awaitConsumed();
        List<Object> stop = new ArrayList<>(List.of("stop", "--drain", "--savepoint-dir", work.toUri()));
        stop.addAll(pipeline.onCluster());
        Program.JOB.run(stop.toArray()).well();
        assertTold();
    }

    private Object[] updateArguments(Object... more) {
        List<Object> all = new ArrayList<>(List.of("update"));
        all.addAll(pipeline.onCluster());
        all.addAll(List.of(
                "--config",
                pipeline.settings(),
                "--topic-prefix",
                pipeline.topic("").replaceAll("\\.$", "")));
        all.addAll(List.of(more));
        return all.toArray();
    }

    /**
     * Returns when half of the packets are published, and the first incident is told and in a checkpoint. The sensor
     * waits to be resumed, for less than the minute after which the job would take a silent topic's time to go on.
     */
    private Program.Running replayUntilInTheMiddle() throws Exception {
        pipeline.awaitRunning();
        Program.Running sensor = pipeline.sensor("--read", CAPTURE, "--pace", "--name", "analyze", "--segment", "");
        Deadline.in(PATIENCE)
                .until("half of it is published", () -> pipeline.published().compareTo(HALF) >= 0);
        sensor.pause();
        assertThat(sensor.process().isAlive()).as("packets are still to come").isTrue();
        Deadline.in(PATIENCE)
                .until("an incident is told", () -> !pipeline.alerts().isEmpty());
        pipeline.awaitCheckpoint();
        return sensor;
    }

    private void assertSameIncidents() throws Exception {
        pipeline.awaitRunning();
        pipeline.awaitConsumed();
        pipeline.drain();
        assertTold();
    }

    private void assertTold() throws Exception {
        SortedMap<String, JsonNode> analyzed = analyzed();

        assertThat(Alerts.comparable(pipeline.alerts())).as("on the topic").isEqualTo(analyzed);
        assertThat(Alerts.comparable(pipeline.indexed())).as("in Elasticsearch").isEqualTo(analyzed);
        assertThat(Alerts.records(pipeline.brokers(), pipeline.topic("late"))).isEmpty();
        Map<String, Long> opened = Alerts.delivered(pipeline.brokers(), pipeline.topic("alerts")).stream()
                .filter(one -> one.action().equals("opened"))
                .map(one ->
                        one.key() + " at " + one.document().path("@timestamp").asText())
                .distinct()
                .collect(Collectors.groupingBy(text -> text.substring(0, 32), Collectors.counting()));
        assertThat(opened.values()).as("each incident opens at one moment only").containsOnly(1L);
    }

    private SortedMap<String, JsonNode> analyzed() throws Exception {
        if (analyzed == null) {
            analyzed = Alerts.comparable(pipeline.analyzed(CAPTURE));
        }
        return analyzed;
    }

    private static void pause(Duration length) throws InterruptedException {
        Thread.sleep(length.toMillis());
    }
}
