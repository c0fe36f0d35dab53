package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
    @TempDir
    private Path work;

    private record Run(int status, String out, String err) {
        JsonNode check(String what) throws IOException {
            for (JsonNode check : new ObjectMapper().readTree(out).path("checks")) {
                if (check.path("what").asText().equals(what)) {
                    return check;
                }
            }
            throw new AssertionError("no check '" + what + "' in " + out);
        }
    }

    private static Run doctor(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Programs.commandLine(new DoctorCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true));
        int status = commandLine.execute(arguments);
        commandLine.getOut().flush();
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    void shouldTellOfThisMachineInOneLineEach() {
        assertThat(doctor().out())
                .containsPattern("(?m)^ok +Java +" + Runtime.version().feature())
                .containsPattern("(?m)^(ok|missing) +libpcap ")
                .containsPattern("(?m)^(ok|missing) +live capture ")
                .containsPattern("(?m)^(ok|missing) +disk +[0-9.]+ GiB free")
                .containsPattern("(?m)^(ok|missing) +memory +[0-9.]+ GiB available");
    }

    @Test
    void shouldSayWhichServersDoNotAnswerAndWhatToDo() throws IOException {
        int nobody = Ports.free(1).get(0);
        Path config = Files.writeString(work.resolve("tripline.yaml"), """
                kafka:
                  brokers: ["127.0.0.1:%1$d"]
                elasticsearch:
                  hosts: ["http://127.0.0.1:%1$d"]
                """.formatted(nobody));

        Run run = doctor("--json", "--config", config.toString(), "--jobmanager", "127.0.0.1:" + nobody);

        assertThat(run.status()).isEqualTo(1);
        for (String server : new String[] {"Kafka", "Elasticsearch", "Flink"}) {
            assertThat(run.check(server).path("ok").asBoolean()).as(run.out()).isFalse();
            assertThat(run.check(server).path("remedy").asText()).contains("tripline stack up");
        }
    }

    @Test
    void shouldLogInToElasticsearchWithoutShowingTheSecret() throws IOException {
        HttpServer elastic = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elastic.createContext("/_cluster/health", exchange -> {
            boolean known =
                    "ApiKey c2VjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"status\": \"green\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        elastic.start();
        try {
            Path key = Files.writeString(work.resolve("key"), "c2VjcmV0\n");
            Path config = Files.writeString(work.resolve("tripline.yaml"), """
                    elasticsearch:
                      hosts: ["http://127.0.0.1:%d"]
                      api-key-file: %s
                    """.formatted(
                            elastic.getAddress().getPort(), key));

            Run right = doctor("--json", "--config", config.toString());
            Files.writeString(key, "d3Jvbmc=");
            Run wrong = doctor("--json", "--config", config.toString());

            assertThat(right.check("Elasticsearch").path("found").asText()).endsWith("green");
            assertThat(wrong.check("Elasticsearch").path("found").asText()).contains("status 401");
            assertThat(right.out() + wrong.out()).doesNotContain("c2VjcmV0", "d3Jvbmc");
        } finally {
            elastic.stop(0);
        }
    }

    @Test
    void shouldSayThatTheSettingsCannotBeRead() {
        Run run = doctor("--config", work.resolve("none.yaml").toString());

        assertThat(run.status()).isEqualTo(69);
        assertThat(run.err()).contains("cannot read").hasLineCount(1);
    }

    @Test
    void shouldSayWhereTheSettingsAreNotWhatTheyMustBe() throws IOException {
        Path twice = Files.writeString(work.resolve("twice.yaml"), "kafka:\n  brokers: a:1\n  brokers: b:1\n");
        Path broken = Files.writeString(work.resolve("broken.yaml"), "kafka: [\n");

        assertThat(doctor("--config", twice.toString()).err())
                .isEqualTo("tripline: --config: " + twice + ":3: kafka.brokers: duplicate key\n");
        Run run = doctor("--config", broken.toString());
        assertThat(run.err()).startsWith("tripline: --config: " + broken + ":").contains(": is not valid YAML: ");
        assertThat(run.status()).isEqualTo(69);
    }
}
