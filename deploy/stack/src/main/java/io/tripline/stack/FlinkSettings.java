package io.tripline.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the processes of a Flink cluster share.
 *
 * @param dir the folder of the stack
 * @param restPort web interface and REST
 * @param jobManagerPort where TaskManagers find the JobManager
 * @param zooKeeperPort where all of them find out who leads
 * @param slots tasks that one TaskManager takes; as many as a job's parallelism let it go on with one TaskManager left
 * @param more of Flink's settings, which go before those here
 */
public record FlinkSettings(
        Path dir, int restPort, int jobManagerPort, int zooKeeperPort, int slots, Map<String, String> more) {
    private static final List<String> OPENS = List.of(
            "java.lang",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "jdk.internal.misc",
            "sun.nio.ch");

    public FlinkSettings {
        dir = dir.toAbsolutePath().normalize();
        more = Map.copyOf(more);
    }

    Path folder() {
        return dir.resolve("flink");
    }

    Path conf() {
        return folder().resolve("conf");
    }

    /** Where JobManagers note how jobs ended. */
    Path jobResults() {
        return folder().resolve("ha/job-result-store/stack");
    }

    Path temporary(String process) {
        return folder().resolve("tmp").resolve(process).normalize();
    }

    /** Writes what every process reads when it starts. */
    void write() {
        TextFile.write(conf().resolve("config.yaml"), yaml());
        TextFile.write(conf().resolve("log4j.properties"), TextFile.LOG4J);
    }

    /**
     * Flink's launch scripts, which Maven does not bring, work out how much memory each part gets. Here the parts are
     * fixed, and the options of the virtual machines follow them.
     */
    private String yaml() {
        Map<String, String> settings = new LinkedHashMap<>();
        """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %3$d
                jobmanager.bind-host: 127.0.0.1
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %2$d
                rest.bind-port: %2$d

                # A JobManager that died finds its jobs and their last checkpoints again.
                high-availability.type: zookeeper
                high-availability.zookeeper.quorum: 127.0.0.1:%4$d
                high-availability.zookeeper.path.root: /tripline
                high-availability.zookeeper.client.session-timeout: 10000
                high-availability.zookeeper.client.tolerate-suspended-connections: true
                high-availability.cluster-id: /stack
                zookeeper.sasl.disable: true
                high-availability.jobmanager.port: %3$d
                high-availability.storageDir: "file://%1$s/ha"

                state.backend.type: rocksdb
                execution.checkpointing.dir: "file://%1$s/checkpoints"
                execution.checkpointing.savepoint-dir: "file://%1$s/savepoints"
                execution.checkpointing.interval: 1s
                execution.checkpointing.incremental: true
                state.backend.rocksdb.log.max-file-size: 1mb
                state.backend.rocksdb.log.file-num: 2
                execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
                restart-strategy.type: exponential-delay
                restart-strategy.exponential-delay.initial-backoff: 1s
                restart-strategy.exponential-delay.max-backoff: 10s

                # A dead TaskManager is noticed after two calls that it does not take, a stuck one after ten seconds.
                heartbeat.interval: 1000
                heartbeat.timeout: 10000
                heartbeat.rpc-failure-threshold: 2

                # Who asks how a job is wants to know how it is now.
                metrics.fetcher.update-interval: 1000

                # A busy machine takes its time.
                pekko.startup-timeout: 60s

                parallelism.default: %5$d
                taskmanager.numberOfTaskSlots: %5$d
                taskmanager.load-balance.mode: TASKS

                # Avro leaves something of each job with the JobManager's threads, some 10 MB of classes a job.
                jobmanager.memory.heap.size: 384m
                jobmanager.memory.off-heap.size: 64m
                jobmanager.memory.jvm-metaspace.size: 512m
                taskmanager.cpu.cores: %5$d.0
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.task.heap.size: 320m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.network.min: 96m
                taskmanager.memory.network.max: 96m
                taskmanager.memory.managed.size: 192m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                """.formatted(folder(), restPort, jobManagerPort, zooKeeperPort, slots)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(": ", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        settings.putAll(more);
        StringBuilder yaml = new StringBuilder();
        settings.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        return yaml.toString();
    }

    List<String> jobManagerOptions() {
        return options("-Xmx384m", "-XX:MaxDirectMemorySize=192m", "-XX:MaxMetaspaceSize=512m");
    }

    List<String> taskManagerOptions() {
        return options("-Xmx448m", "-XX:MaxDirectMemorySize=224m", "-XX:MaxMetaspaceSize=256m");
    }

    private List<String> options(String... memory) {
        List<String> options = new ArrayList<>(List.of(memory));
        options.addAll(List.of(
                "-Xms128m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlog4j2.configurationFile=" + conf().resolve("log4j.properties")));
        OPENS.forEach(opened -> options.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        return options;
    }
}
