package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Kafka, Elasticsearch and a Flink cluster with all that they keep in one folder. */
public final class Stack {
    /** What lies in the folder, so that nothing else is ever deleted. */
    private static final List<String> PARTS = List.of(
            "kafka",
            "elasticsearch8",
            "elasticsearch9",
            "flink",
            "zookeeper",
            "logs",
            "pids",
            "tripline.yaml",
            "stack.json");

    private final Path dir;
    private final StackPlan plan;
    private final KafkaServer kafka;
    private final Optional<ElasticServer> elastic;
    private final FlinkCluster flink;

    /** The stack in that folder; nothing is started or written yet. */
    public Stack(Path dir, StackPlan plan) {
        this(dir, plan, Map.of());
    }

    /** The stack in that folder, with further settings of Flink, which are not kept. */
    Stack(Path dir, StackPlan plan, Map<String, String> flinkSettings) {
        this.dir = dir.toAbsolutePath().normalize();
        this.plan = plan;
        this.kafka = new KafkaServer(this.dir, plan.kafkaPort(), plan.controllerPort());
        this.elastic = plan.elasticsearch() == 0
                ? Optional.empty()
                : Optional.of(new ElasticServer(
                        this.dir, plan.elasticsearch(), plan.elasticsearchPort(), plan.transportPort()));
        this.flink = new FlinkCluster(
                new FlinkSettings(
                        this.dir,
                        plan.flinkPort(),
                        plan.jobManagerPort(),
                        plan.zooKeeperPort(),
                        plan.slots(),
                        flinkSettings),
                plan.taskManagers());
    }

    /** The stack that was made in that folder earlier. */
    public static Optional<Stack> in(Path dir) {
        return StackPlan.in(dir.toAbsolutePath().normalize()).map(plan -> new Stack(dir, plan));
    }

    public Path dir() {
        return dir;
    }

    public StackPlan plan() {
        return plan;
    }

    public KafkaServer kafka() {
        return kafka;
    }

    /** Empty where the plan has none. */
    public Optional<ElasticServer> elastic() {
        return elastic;
    }

    public FlinkCluster flink() {
        return flink;
    }

    /** All processes, in the order in which they start. */
    public List<Server> servers() {
        List<Server> servers = new ArrayList<>(List.of(kafka));
        elastic.ifPresent(servers::add);
        servers.addAll(flink.servers());
        return servers;
    }

    /** Settings with the addresses of this stack, for {@code --config} of every command. */
    public Path settings() {
        return dir.resolve("tripline.yaml");
    }

    /** Starts what does not run and waits until all of it works. */
    public void up() {
        up(line -> {});
    }

    /** Tells what it does, and each server as soon as it works. */
    void up(Consumer<String> told) {
        ServerJars.fetch(jars());
        requirePorts();
        plan.keep(dir);
        if (!Files.exists(settings())) {
            TextFile.write(settings(), StackSettings.yaml(this));
        }
        if (!flink.jobManager().isRunning()) {
            flink.forgetRefusedJobs()
                    .forEach(job -> told.accept("removed Flink's record of the rejected job " + job
                            + ", which keeps JobManagers from starting"));
        }
        servers().forEach(Server::start);
        for (Server server : servers()) {
            server.awaitReady();
            told.accept(server.name() + " is up");
        }
    }

    private List<ServerJars> jars() {
        List<ServerJars> jars = new ArrayList<>(List.of(ServerJars.KAFKA, ServerJars.FLINK));
        elastic.ifPresent(server -> jars.add(server.jars()));
        return jars;
    }

    /** Before anything is started: a server that finds its port taken says so late and at length. */
    private void requirePorts() {
        if (!kafka.isRunning()) {
            Ports.requireFree(plan.kafkaPort(), "Kafka", "--kafka-port");
        }
        elastic.filter(server -> !server.isRunning())
                .ifPresent(
                        server -> Ports.requireFree(plan.elasticsearchPort(), "Elasticsearch", "--elasticsearch-port"));
        if (!flink.jobManager().isRunning()) {
            Ports.requireFree(plan.flinkPort(), "Flink", "--flink-port");
        }
    }

    /**
     * Stops all, the last started first. Data stays, and jobs go on from their last checkpoints after the next
     * {@link #up}.
     */
    public void down() {
        List<Server> servers = servers();
        for (int i = servers.size() - 1; i >= 0; i--) {
            servers.get(i).stop();
        }
        flink.tidy();
    }

    /** Deletes all that the stack has written. It must be down. */
    public void purge() {
        PARTS.forEach(part -> Folders.delete(dir.resolve(part)));
        try {
            Files.deleteIfExists(StackLock.file(dir));
            if (Files.isDirectory(dir) && Folders.isEmpty(dir)) {
                Files.delete(dir);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
