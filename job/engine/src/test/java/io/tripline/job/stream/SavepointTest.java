package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job that goes on from a savepoint finds what one finds that never stopped: from the savepoint that an earlier
 * version stored, on another number of instances, with another state back-end.
 *
 * <p>A new version stores one for the versions to come, and keeps those that are there:
 * {@code ./mvnw test -pl job/engine -am -Dtest=SavepointTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtripline.savepoint=src/test/resources/savepoints/VERSION}
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SavepointTest {
    @RegisterExtension
    static final SharedFlink FLINK = new SharedFlink(2);

    private static final Path STORED = Path.of("src", "test", "resources", "savepoints", "0.1");
    private static final String WRITE = "tripline.savepoint";
    private static final int CUT = 12;

    private static final Map<String, Queue<Alert>> FOUND = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> EMITTED = new ConcurrentHashMap<>();

    @TempDir
    private static Path folder = Path.of("");

    private static Path savepoint = Path.of("");
    private static List<Alert> before = List.of();
    private static List<byte[]> encoded = List.of();
    private static Map<String, String> whole = Map.of();

    private static List<PacketBatch> batches() throws IOException {
        return Recorded.together(
                "multi_scan_sequence_with_background.pcap",
                "brute_ssh_hydra.pcap",
                "dns_iodine_TXT_base32.pcap",
                "icmp_ptunnelng_ssh.pcap",
                "arp_arpspoof_mitm.pcap",
                "sweep_routed_tcp445_syn.pcap",
                "slow_fin_8s_80ports.pcap");
    }

    /** Runs the first part, and the whole. */
    @BeforeAll
    static void run() throws Exception {
        List<PacketBatch> batches = batches();
        int cut = Recorded.before(CUT, batches);
        List<Alert> found = new ArrayList<>();
        encoded = encode(batches);
        savepoint = firstPart(cut, found);
        if (System.getProperty(WRITE) != null) {
            Path folder = Files.createDirectories(Path.of(System.getProperty(WRITE)));
            Files.copy(
                    savepoint.resolve("_metadata"), folder.resolve("_metadata"), StandardCopyOption.REPLACE_EXISTING);
        }
        before = List.copyOf(found);
        whole = last(uninterrupted(), List.of());
    }

    @Test
    void shouldBeCutWhileIncidentsOfSeveralRulesAreOpen() {
        assertThat(openRules(before)).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"1, hashmap", "2, rocksdb"})
    void shouldGoOnFromWhatAnEarlierVersionStored(int parallelism, String backend) throws Exception {
        assertThat(last(before, rest(STORED, parallelism, backend))).isEqualTo(whole);
    }

    @Test
    void shouldFindTheSameOnTwoInstancesAsOnOne() throws Exception {
        assertThat(last(before, rest(savepoint, 2, "rocksdb"))).isEqualTo(whole);
    }

    private static Stream<String> rules() {
        return Rules.ALL.stream().map(Rule::id);
    }

    /** Flink refuses a savepoint with state that no operator takes; nothing here tells it not to. */
    @ParameterizedTest
    @MethodSource("rules")
    void shouldGoOnWithAnySingleRuleOffAndCloseItsIncidents(String rule) throws Exception {
        List<Alert> after = rest(savepoint, JobSettings.DEFAULT.with(rule, false), 1, "hashmap");

        Set<String> open = open(before).entrySet().stream()
                .filter(incident -> incident.getValue().equals(rule))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(after.stream().filter(alert -> alert.rule().equals(rule)))
                .as("one document for each open incident")
                .hasSize(open.size())
                .allSatisfy(alert -> {
                    assertThat(alert.stage()).isEqualTo(Stage.CLOSED);
                    assertThat(open).contains(alert.id());
                    assertThat(alert.json()).contains("\"closed_because\":\"rule " + rule + " was switched off\"");
                });
        List<Alert> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(open(all)).as("incidents that nobody ever closes").isEmpty();
    }

    @Test
    void shouldGoOnWithAllRulesOffAndBackAgain() throws Exception {
        JobSettings off = JobSettings.DEFAULT;
        for (Rule<?> rule : Rules.ALL) {
            off = off.with(rule.id(), false);
        }
        Configuration configuration = configuration("hashmap");
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        String run = "off-" + System.nanoTime();
        List<Alert> found = new ArrayList<>();
        Path second = stop(run, start(run, 2, off, configuration, 1), 2, found);
        assertThat(found).allSatisfy(alert -> assertThat(alert.stage()).isEqualTo(Stage.CLOSED));

        List<Alert> back = rest(second, JobSettings.DEFAULT, 2, "rocksdb");

        List<Alert> all = new ArrayList<>(before);
        all.addAll(found);
        all.addAll(back);
        assertThat(open(all)).as("incidents that nobody ever closes").isEmpty();
        assertThat(back).extracting(Alert::stage).contains(Stage.OPENED);
    }

    /** Runs until so much is read, and stops with a savepoint. */
    private static Path firstPart(int cut, List<Alert> found) throws Exception {
        String run = "first-" + System.nanoTime();
        JobClient job = start(run, cut, JobSettings.DEFAULT, configuration("hashmap"), 1);
        return stop(run, job, cut, found);
    }

    private static Path stop(String run, JobClient job, int emitted, List<Alert> found) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (emitted(run).get() < emitted) {
            assertThat(System.nanoTime()).as("all is read in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        String path = savepoint(job, deadline);
        job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
        found.addAll(found(run));
        return Path.of(URI.create(path));
    }

    /** A source may be done before the last operator has begun, and until then Flink takes no savepoint. */
    private static String savepoint(JobClient job, long deadline) throws Exception {
        while (true) {
            try {
                return job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(1, TimeUnit.MINUTES);
            } catch (ExecutionException e) {
                if (!String.valueOf(e.getMessage()).contains("Not all required tasks")
                        || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static List<Alert> rest(Path from, int parallelism, String backend) throws Exception {
        return rest(from, JobSettings.DEFAULT, parallelism, backend);
    }

    private static List<Alert> rest(Path from, JobSettings settings, int parallelism, String backend) throws Exception {
        Configuration configuration = configuration(backend);
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from.toUri().toString());
        String run = "rest-" + System.nanoTime();
        start(run, Integer.MAX_VALUE, settings, configuration, parallelism)
                .getJobExecutionResult()
                .get(2, TimeUnit.MINUTES);
        return found(run);
    }

    private static List<Alert> uninterrupted() throws Exception {
        String run = "whole-" + System.nanoTime();
        start(run, Integer.MAX_VALUE, JobSettings.DEFAULT, configuration("hashmap"), 1)
                .getJobExecutionResult()
                .get(2, TimeUnit.MINUTES);
        return found(run);
    }

    private static List<byte[]> encode(List<PacketBatch> batches) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (PacketBatch batch : batches) {
            ByteBuffer bytes = BatchEncoding.encode(batch);
            byte[] one = new byte[bytes.remaining()];
            bytes.get(one);
            all.add(one);
        }
        return List.copyOf(all);
    }

    /** Starts a job that reads so many batches and then waits, or all of them and ends. */
    private static JobClient start(
            String run, int most, JobSettings settings, Configuration configuration, int parallelism) throws Exception {
        StreamExecutionEnvironment environment = FLINK.environment(parallelism, configuration);
        List<byte[]> all = encoded;
        DataGeneratorSource<PacketBatch> source = new DataGeneratorSource<>(
                index -> {
                    emitted(run).incrementAndGet();
                    return BatchEncoding.decode(ByteBuffer.wrap(all.get(Math.toIntExact(index))));
                },
                all.size(),
                readers -> new Pausing(most),
                new AvroTypeInfo<>(PacketBatch.class));
        JobGraph.build(
                environment
                        .fromSource(source, StreamTime.ofBatches(), "batches", new AvroTypeInfo<>(PacketBatch.class))
                        .uid("batches")
                        .setParallelism(1),
                settings,
                JobGraph.Clock.NONE,
                new Collected(run));
        return environment.executeAsync(run);
    }

    private static Configuration configuration(String backend) {
        Configuration configuration = JobGraph.configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(10));
        // One file, which is easy to keep.
        configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2);
        return configuration;
    }

    private static AtomicInteger emitted(String run) {
        return EMITTED.computeIfAbsent(run, name -> new AtomicInteger());
    }

    private static Queue<Alert> queue(String run) {
        return FOUND.computeIfAbsent(run, name -> new ConcurrentLinkedQueue<>());
    }

    private static List<Alert> found(String run) {
        return List.copyOf(queue(run));
    }

    /** The last document of each incident. */
    private static Map<String, String> last(List<Alert> first, List<Alert> then) {
        Map<String, String> last = new TreeMap<>();
        List<Alert> all = new ArrayList<>(first);
        all.addAll(then);
        all.sort(Comparator.comparing(Alert::stage));
        all.forEach(alert -> last.put(alert.id(), alert.json()));
        return last;
    }

    private static List<String> openRules(List<Alert> alerts) {
        return open(alerts).values().stream().distinct().toList();
    }

    /** Rules of open incidents by id. */
    private static Map<String, String> open(List<Alert> alerts) {
        Map<String, String> open = new TreeMap<>();
        for (Alert alert : alerts) {
            if (alert.stage() == Stage.CLOSED) {
                open.remove(alert.id());
            } else {
                open.put(alert.id(), alert.rule());
            }
        }
        return open;
    }

    private static final class Collected extends NoResults {
        private final String run;

        Collected(String run) {
            this.run = run;
        }

        @Override
        public Sink<Alert> alerts() {
            return new CollectingSink(run);
        }
    }

    private record CollectingSink(String run) implements Sink<Alert> {
        @Override
        public SinkWriter<Alert> createWriter(WriterInitContext context) {
            Queue<Alert> queue = queue(run);
            return new SinkWriter<>() {
                @Override
                public void write(Alert alert, Context ignored) {
                    queue.add(alert);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
