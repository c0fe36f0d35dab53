package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StackCommandTest {
    @TempDir
    private Path work;

    private record Run(int status, String out, String err) {}

    @AfterEach
    void leaveNothingRunning() {
        Stack.in(dir()).ifPresent(Stack::down);
    }

    private Path dir() {
        return work.resolve("my stack");
    }

    private Run run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--dir", dir().toString()));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Programs.commandLine(new StackCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true));
        int status = commandLine.execute(arguments.toArray(String[]::new));
        commandLine.getOut().flush();
        return new Run(status, out.toString(), err.toString());
    }

    /** Up, whatever else runs on this machine. */
    private Run up() {
        List<Integer> ports = Ports.free(2);
        return run(
                "up",
                "--no-job",
                "--elasticsearch",
                "none",
                "--task-managers",
                "1",
                "--kafka-port",
                ports.get(0).toString(),
                "--flink-port",
                ports.get(1).toString());
    }

    @Test
    @Tag("system")
    void shouldStartTellAndStopAndKeepWhatItHas() throws Exception {
        Run up = up();
        assertThat(up.status()).as(up.err()).isZero();
        assertThat(up.out()).containsPattern("kafka +127.0.0.1:\\d+ +\\d+ +up").contains("Try next:");

        Stack stack = Stack.in(dir()).orElseThrow();
        assertThat(stack.settings())
                .content()
                .contains("brokers: [\"" + stack.kafka().address() + "\"]");
        List<Long> pids = pids(stack);
        assertThat(run("up", "--no-job").status()).isZero();
        assertThat(pids(stack)).as("a second 'up' changes nothing").isEqualTo(pids);

        stack.flink().taskManagers().get(0).kill();
        Run status = run("status", "--json");
        assertThat(status.status()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(status.out());
        assertThat(json.path("servers").findValuesAsText("name"))
                .containsExactly("kafka", "zookeeper", "jobmanager", "taskmanager-1");
        assertThat(json.at("/servers/3/state").asText()).isEqualTo("down");
        assertThat(run("up", "--no-job").status()).isZero();
        assertThat(run("status").status()).isZero();

        assertThat(run("down").err()).contains("is down; its data is kept");
        assertThat(stack.servers()).noneMatch(Server::isRunning);
        assertThat(run("status").status()).isEqualTo(1);
        assertThat(run("down", "--purge").status()).isZero();
        assertThat(dir()).doesNotExist();
    }

    private static List<Long> pids(Stack stack) {
        return stack.servers().stream()
                .map(server -> server.process().handle().orElseThrow().pid())
                .toList();
    }

    @Test
    void shouldSayWhichPortIsTakenBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run up = run("up", "--no-job", "--elasticsearch", "none", "--kafka-port", "" + taken.getLocalPort());

            assertThat(up.status()).isEqualTo(69);
            assertThat(up.err())
                    .contains("port " + taken.getLocalPort() + " for Kafka is taken", "--kafka-port")
                    .hasLineCount(1);
            assertThat(dir().resolve("pids")).doesNotExist();
        }
    }

    @Test
    void shouldLeaveAFolderWithOtherFilesAlone() throws IOException {
        Files.createDirectories(dir());
        Path mine = Files.writeString(dir().resolve("mine"), "mine");

        assertThat(up().err()).contains("holds other files").hasLineCount(1);
        assertThat(run("down", "--purge").err()).contains("there is no stack in");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void shouldRefuseOptionsThatTheStackWasNotMadeWith() {
        StackPlan.free(8, 2).keep(dir());

        assertThat(run("up", "--elasticsearch", "none").err()).contains("was made with other options");
        assertThat(run("up", "--elasticsearch", "7").err()).contains("'7' is not one of 8, 9, none");
        assertThat(run("up", "--kafka-port", "70000").status()).isEqualTo(64);
    }

    @Test
    void shouldSayThatThereIsNoStackYet() {
        Run status = run("status");

        assertThat(status.status()).isEqualTo(69);
        assertThat(status.err()).contains("there is no stack in").hasLineCount(1);
    }
}
