package io.tripline.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** One Kafka broker that is its own controller (KRaft). */
public final class KafkaServer implements Server {
    private final Path dir;
    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final List<KafkaListener> listeners;
    private final Map<String, String> properties;
    private final ServerProcess process;
    private final JavaInstallation java;

    /** A broker without encryption. */
    public KafkaServer(Path dir, int port, int controllerPort) {
        this(dir, port, controllerPort, List.of(), Map.of());
    }

    /**
     * @param dir where its data, log and number lie, with those of other servers
     * @param listeners addresses beside the plain one
     * @param properties what the broker's settings shall be otherwise
     */
    public KafkaServer(
            Path dir, int port, int controllerPort, List<KafkaListener> listeners, Map<String, String> properties) {
        this.dir = dir.toAbsolutePath().normalize();
        this.folder = this.dir.resolve("kafka");
        this.port = port;
        this.controllerPort = controllerPort;
        this.listeners = List.copyOf(listeners);
        this.properties = Map.copyOf(properties);
        this.process = new ServerProcess(name(), this.dir);
        this.java = JavaInstallation.from(17).orElseThrow();
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        List<Path> jars = ServerJars.KAFKA.jars();
        Path log4j = TextFile.write(folder.resolve("log4j2.properties"), TextFile.LOG4J);
        Path settings = TextFile.write(folder.resolve("server.properties"), settings());
        List<String> options = List.of(
                "-Xms128m",
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlog4j2.configurationFile=" + log4j,
                "-Dkafka.logs.dir=" + folder);
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            format(jars, options, settings);
        }
        process.start(java, jars, options, List.of("kafka.Kafka", settings.toString()));
    }

    /** An empty data folder needs an identity before its first start. */
    private void format(List<Path> jars, List<String> options, Path settings) {
        ServerProcess tool = new ServerProcess("kafka-format", dir);
        tool.start(
                java,
                jars,
                options,
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "--ignore-formatted",
                        "-t",
                        newClusterId(),
                        "-c",
                        settings.toString()));
        Deadline.in(Duration.ofMinutes(2)).until("Kafka's data folder is made", () -> !tool.isRunning());
        tool.forget();
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            throw new StackError(
                    "Kafka could not create its data folder: " + tool.complaint() + " (see " + tool.log() + ")");
        }
    }

    private static String newClusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        bytes[0] &= 0x7f; // an identity that begins with '-' looks like an option
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String settings() {
        List<String> endpoints = new ArrayList<>(List.of("PLAINTEXT://" + address()));
        listeners.forEach(listener -> endpoints.add(listener.endpoint()));
        String controller = "CONTROLLER://127.0.0.1:" + controllerPort;
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                String.join(",", endpoints) + "," + controller,
                "advertised.listeners",
                String.join(",", endpoints),
                "listener.security.protocol.map",
                Stream.concat(
                                Stream.of("PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"),
                                listeners.stream().map(listener -> listener.name() + ":" + listener.protocol()))
                        .collect(Collectors.joining(",")),
                "log.dirs",
                folder.resolve("data").toString()));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "auto.create.topics.enable", "false",
                // A full disk must not be the end of a trial: a gigabyte a partition.
                "log.retention.bytes", "1073741824"));
        listeners.forEach(listener ->
                listener.properties().forEach((key, value) -> settings.setProperty(listener.prefix() + key, value)));
        settings.putAll(properties);
        StringWriter text = new StringWriter();
        try {
            settings.store(text, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    @Override
    public boolean isReady() {
        if (!isRunning() || !Ports.isOpen(port)) {
            return false;
        }
        Map<String, Object> client =
                Map.of("bootstrap.servers", address(), "request.timeout.ms", "5000", "default.api.timeout.ms", "5000");
        try (Admin admin = Admin.create(client)) {
            return !admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).isEmpty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException notYet) {
            return false;
        }
    }
}
