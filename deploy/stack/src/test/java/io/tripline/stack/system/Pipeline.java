package io.tripline.stack.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.stack.Deadline;
import io.tripline.stack.Http;
import io.tripline.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A way of its own through the shared stack: topics, indices and a job that no other test uses. */
final class Pipeline implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Stack stack;
    private final String name;
    private final Path folder;
    private final Path settings;
    private final List<Program.Running> programs = new ArrayList<>();
    private @Nullable String elastic;

    /** Makes topics and templates. */
    Pipeline(Stack stack, Path folder, String what) throws IOException, InterruptedException {
        this.stack = stack;
        this.name = what + "-" + NUMBER.incrementAndGet();
        this.folder = Files.createDirectories(folder.resolve(name));
        this.settings = this.folder.resolve("tripline.yaml");
        writeSettings("");
        Program.JOB.run("setup", "--config", settings, "--topic-prefix", name).well();
    }

    /** Writes the settings file again, with more in it. */
    void writeSettings(String more) throws IOException {
        String sink = stack.elastic()
                .map(server -> """
                        elasticsearch:
                          hosts: ["%s"]
                          alerts-prefix: %s-alerts
                          traffic-prefix: %s-traffic
                        """.formatted(elastic == null ? server.address() : elastic, name, name))
                .orElse("");
        Files.writeString(settings, """
                kafka:
                  brokers: ["%s"]
                  group: %s
                """.formatted(stack.kafka().address(), name) + sink + more);
    }

    /** Lets a job that is submitted from now on write to another address. */
    void elasticAt(String address) throws IOException {
        elastic = address;
        writeSettings("");
    }

    Path settings() {
        return settings;
    }

    Path folder() {
        return folder;
    }

    /** Of the job on the cluster, and what names of topics begin with. */
    String name() {
        return name;
    }

    String brokers() {
        return stack.kafka().address();
    }

    String topic(String what) {
        return name + "." + what;
    }

    /** Alias of the alerts in Elasticsearch. */
    String index() {
        return name + "-alerts";
    }

    /** A sensor that publishes here; without metrics unless the options say where. */
    Program.Running sensor(Object... options) throws IOException {
        List<Object> all = new ArrayList<>(List.of("--to", "kafka:" + brokers()));
        all.addAll(List.of("--topic", topic("packets"), "--schemas-topic", topic("schemas")));
        all.addAll(List.of(options));
        if (!all.contains("--metrics")) {
            all.addAll(List.of("--metrics", "off"));
        }
        Program.Running running = Program.SENSOR.start(all.toArray());
        programs.add(running);
        return running;
    }

    /** Replays captures to their end. */
    Program.Ended replay(Object... options) throws IOException, InterruptedException {
        return sensor(options).await().well();
    }

    /** Gives the job to the cluster. */
    void submit(Object... options) throws IOException, InterruptedException {
        List<Object> all = new ArrayList<>(List.of("submit"));
        all.addAll(onCluster());
        all.addAll(List.of("--config", settings, "--topic-prefix", name));
        all.addAll(List.of(options));
        Program.JOB.run(all.toArray()).well();
    }

    /** Options that name the job on the cluster. */
    List<Object> onCluster() {
        return List.of("--jobmanager", stack.flink().restAddress(), "--name", name);
    }

    /** The job's id on the cluster. */
    String job() throws IOException {
        String found = "";
        for (JsonNode job : stack.flink().rest("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name)) {
                found = job.path("jid").asText();
                if (!List.of("FINISHED", "CANCELED").contains(job.path("state").asText())) {
                    return found;
                }
            }
        }
        return found;
    }

    String state() throws IOException {
        return stack.flink().rest("/jobs/" + job()).path("state").asText();
    }

    void awaitState(String state) {
        Deadline.in(PATIENCE).until("job " + name + " is " + state, () -> {
            String now = state();
            if (now.equals("FAILED") && !state.equals("FAILED")) {
                throw new AssertionError(
                        stack.flink().rest("/jobs/" + job() + "/exceptions").toPrettyString());
            }
            return now.equals(state);
        });
    }

    /** Waits until every task runs, not only the job. */
    void awaitRunning() {
        Deadline.in(PATIENCE).until("all tasks of " + name + " run", () -> {
            JsonNode job = stack.flink().rest("/jobs/" + job());
            for (JsonNode vertex : job.path("vertices")) {
                if (!vertex.path("status").asText().equals("RUNNING")) {
                    return false;
                }
            }
            return job.path("state").asText().equals("RUNNING");
        });
    }

    /** Checkpoints that the job completed since it was started. */
    int checkpoints() throws IOException {
        return stack.flink()
                .rest("/jobs/" + job() + "/checkpoints")
                .at("/counts/completed")
                .asInt();
    }

    /** How many times the job went on from a checkpoint since it was started. */
    int restarts() throws IOException {
        return stack.flink()
                .rest("/jobs/" + job() + "/checkpoints")
                .at("/counts/restored")
                .asInt();
    }

    /** Waits until the job has a checkpoint that began after now. */
    void awaitCheckpoint() throws IOException {
        int before = checkpoints();
        Deadline.in(PATIENCE).until("two more checkpoints are done", () -> checkpoints() >= before + 2);
    }

    /** Lets the job take in all there is, close all incidents and end. */
    void drain() throws IOException {
        String job = job();
        Http.send(
                "POST",
                stack.flink().jobManager().address() + "/jobs/" + job + "/stop",
                "{\"drain\": true, \"targetDirectory\": \"file://" + folder + "/drained\"}");
        Deadline.in(PATIENCE)
                .until(
                        "job " + name + " has ended",
                        () -> stack.flink()
                                .rest("/jobs/" + job)
                                .path("state")
                                .asText()
                                .equals("FINISHED"));
    }

    /** Waits until the job has read, and checkpointed, all that is on the topic of packets. */
    void awaitConsumed() {
        Deadline.in(PATIENCE).until("all of " + topic("packets") + " is consumed", () -> lag() == 0);
    }

    /** Records of the packets' topic that the job has not checkpointed. */
    long lag() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(name)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (var end : offsets(admin, OffsetSpec.latest()).entrySet()) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                lag += end.getValue().offset() - (offset == null ? 0 : offset.offset());
            }
            return lag;
        }
    }

    /** Time from the first to the last record on the packets' topic, by the broker's clock. */
    Duration published() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            LongSummaryStatistics times = new LongSummaryStatistics();
            for (OffsetSpec end : List.of(OffsetSpec.forTimestamp(0), OffsetSpec.maxTimestamp())) {
                offsets(admin, end).values().stream()
                        .filter(found -> found.offset() >= 0)
                        .forEach(found -> times.accept(found.timestamp()));
            }
            return times.getCount() == 0 ? Duration.ZERO : Duration.ofMillis(times.getMax() - times.getMin());
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Admin admin, OffsetSpec which) throws Exception {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(List.of(topic("packets")))
                .allTopicNames()
                .get()
                .values()) {
            topic.partitions().forEach(one -> wanted.put(new TopicPartition(topic.name(), one.partition()), which));
        }
        return admin.listOffsets(wanted).all().get();
    }

    /** The last state of each incident on the topic of alerts. */
    SortedMap<String, JsonNode> alerts() {
        return Alerts.latest(brokers(), topic("alerts"));
    }

    /** The documents in Elasticsearch. */
    SortedMap<String, JsonNode> indexed() throws IOException {
        return Alerts.ofIndex(stack.elastic().orElseThrow().address(), index());
    }

    /** What {@code analyze} says of the same captures. */
    SortedMap<String, JsonNode> analyzed(Object... captures) throws IOException, InterruptedException {
        Path out = folder.resolve("analyzed");
        List<Object> all = new ArrayList<>(List.of("analyze", "--report", "none", "--out", out));
        all.addAll(List.of(captures));
        Program.ANALYZE.run(all.toArray()).well();
        return Alerts.ofFile(out.resolve("alerts.ndjson"));
    }

    @Override
    public void close() throws IOException {
        programs.forEach(Program.Running::close);
        String job = job();
        if (!job.isEmpty() && !List.of("FINISHED", "CANCELED", "FAILED").contains(state())) {
            Http.send("PATCH", stack.flink().jobManager().address() + "/jobs/" + job + "?mode=cancel", "");
            Deadline.in(PATIENCE)
                    .until(
                            "job " + job + " is cancelled",
                            () -> stack.flink()
                                    .rest("/jobs/" + job)
                                    .path("state")
                                    .asText()
                                    .equals("CANCELED"));
        }
    }
}
