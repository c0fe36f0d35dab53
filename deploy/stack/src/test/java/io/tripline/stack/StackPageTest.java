package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/stack.md} lead a new user to an alert, as they stand there but for the ports. */
@Tag("system")
class StackPageTest {
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path work;

    private final List<Integer> ports = Ports.free(3);

    private record Run(int status, String output) {}

    /**
     * A folder as a user has it after the first build: the start script, the programs that Maven has packaged by now,
     * and this module, which it packages only when its tests are over: a jar that names the classes of this test.
     */
    @BeforeEach
    void standWhereTheUserStands() throws IOException {
        Path root = Installation.root();
        Files.copy(root.resolve("tripline"), work.resolve("tripline"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String name : List.of("samples", "pom.xml", "sensor", "job", "analyze")) {
            Files.createSymbolicLink(work.resolve(name), root.resolve(name));
        }
        Path target = Files.createDirectories(work.resolve("deploy/stack/target"));
        Files.createSymbolicLink(work.resolve("deploy/launch"), root.resolve("deploy/launch"));
        Files.copy(Path.of("target/tripline.args"), target.resolve("tripline.args"));
        Path jar = target.resolve("tripline-stack.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (JarOutputStream empty = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            empty.finish();
        }
        // What is built is newer than its sources, so the script has nothing to build.
        Files.createFile(Files.createDirectories(work.resolve("target")).resolve("tripline.built"));
    }

    @AfterEach
    void leaveNothingRunning() {
        Stack.in(work.resolve("tripline-stack")).ifPresent(Stack::down);
    }

    @Test
    void shouldLeadFromNothingToAnAlert() throws Exception {
        List<String> commands = commands();
        assertThat(commands).anyMatch(command -> command.startsWith("./tripline stack up"));
        for (String command : commands) {
            if (command.startsWith("curl ")) {
                Deadline.in(Duration.ofMinutes(3))
                        .until(
                                "the alert can be found",
                                () -> run(command).output().contains("\"message\":\"")
                                        && run(command).output().contains("port"));
            } else if (!command.contains("doctor")) { // a machine that builds may lack what a user needs
                Run run = run(command);
                assertThat(run.status()).as("%s%n%s", command, run.output()).isZero();
            }
            if (command.contains("stack status")) {
                requireWhatThePageSaysOfTheJob();
            }
        }
        assertThat(Stack.in(work.resolve("tripline-stack")).orElseThrow().servers())
                .noneMatch(Server::isRunning);
        assertThat(work.resolve("tripline-stack/flink/tmp")).doesNotExist();
        try (Stream<Path> logs = Files.list(work.resolve("tripline-stack/logs"))) {
            assertThat(logs.map(log -> log.getFileName().toString()))
                    .allMatch(name -> name.matches("[a-z0-9-]+\\.(log(\\.[1-3])?|out)"));
        }
        assertThat(work.resolve("tripline-stack/logs/taskmanager-1.log"))
                .content()
                .doesNotContain("Name collision");
    }

    /** The lag is that of now, and each TaskManager has a partition to read. */
    private void requireWhatThePageSaysOfTheJob() throws Exception {
        JsonNode status = new ObjectMapper()
                .readTree(run("./tripline stack status --json").output());
        assertThat(status.at("/job/lag_ms").asLong(-1)).as("%s", status).isBetween(0L, 60_000L);
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + ports.get(0)))) {
            assertThat(Objects.requireNonNull(kafka.describeTopics(List.of("tripline.packets"))
                                    .allTopicNames()
                                    .get()
                                    .get("tripline.packets"))
                            .partitions())
                    .hasSize(2);
        }
    }

    private List<String> commands() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Installation.root().resolve("docs/stack.md")));
        assertThat(block.find()).isTrue();
        String other = "stack up --kafka-port %d --elasticsearch-port %d --flink-port %d"
                .formatted(ports.get(0), ports.get(1), ports.get(2));
        return block.group(1)
                .replace("stack up", other)
                .replace(":9092", ":" + ports.get(0))
                .replace(":9200", ":" + ports.get(1))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private Run run(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(work, "run", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(command)
                .isTrue();
        return new Run(process.exitValue(), Files.readString(output));
    }
}
