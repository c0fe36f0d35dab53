package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripline.stack.Deadline;
import io.tripline.stack.SharedStack;
import io.tripline.stack.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job's jar by itself, as containers start it: the JobManager calls its main class. A session cluster that is given
 * the jar does so as an application cluster does.
 */
@Tag("system")
@ExtendWith(SharedStack.class)
class JobApplicationTest {
    private static final String MAIN = "io.tripline.job.program.JobApplication";
    private static final Path JAR = Program.ROOT.resolve("job/program/target/dist/tripline-job.jar");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void shouldStartFromTheJarAlone(Stack stack, @TempDir Path dir) throws Exception {
        try (Pipeline pipeline = new Pipeline(stack, dir, "application")) {
            String address = stack.flink().jobManager().address();
            String jar = upload(address);

            HttpResponse<String> wrong = run(address, jar, "--config", dir.resolve("none.yaml"));
            assertThat(wrong.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(wrong.body()).contains("cannot read settings", "none.yaml");

            HttpResponse<String> started = run(
                    address,
                    jar,
                    "--config",
                    pipeline.settings(),
                    "--topic-prefix",
                    pipeline.name(),
                    "--name",
                    pipeline.name());
            assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
            pipeline.awaitRunning();
            pipeline.replay("-r", Program.ROOT.resolve("samples/syn_21ports.pcap"));

            Deadline.in(Duration.ofMinutes(2))
                    .until("there is an alert", () -> !pipeline.alerts().isEmpty());
        }
    }

    private static HttpResponse<String> run(String address, String jar, Object... arguments) throws Exception {
        JsonNode body = new ObjectMapper()
                .valueToTree(Map.of(
                        "entryClass",
                        MAIN,
                        "programArgsList",
                        List.of(arguments).stream().map(Object::toString).toList(),
                        "parallelism",
                        2));
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address + "/jars/" + jar + "/run"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What the JobManager calls the jar. */
    private static String upload(String address) throws IOException, InterruptedException {
        String boundary = "tripline-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"tripline-job.jar\"\r\n"
                        + "Content-Type: application/java-archive\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.write(Files.readAllBytes(JAR));
        body.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(address + "/jars/upload"))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String file =
                new ObjectMapper().readTree(answer.body()).path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
