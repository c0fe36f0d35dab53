package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.shell.UserError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

/**
 * Who runs the job in one process can ask how it is, and scrape what it counts under the names that the rules for
 * alerts know.
 */
class JobHealthTest {
    private static HttpResponse<String> get(JobHealth health, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String await(JobHealth health, String path, String expected) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String body = "";
        while (!body.contains(expected) && System.nanoTime() < deadline) {
            body = get(health, path).body();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(body).contains(expected);
        return body;
    }

    private static JobClient endless() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(MetricOptions.REPORTERS_LIST, OwnMetrics.NAME);
        configuration.setString("metrics.reporter.own.factory.class", OwnMetrics.Factory.class.getName());
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        environment
                .fromSequence(0, Long.MAX_VALUE)
                .name("numbers")
                .sinkTo(new DiscardingSink<>())
                .name("nowhere");
        return environment.executeAsync("endless");
    }

    @Test
    void shouldServeWhatAJobInThisProcessCountsAndHowItStands() throws Exception {
        JobClient job = endless();
        try (JobHealth health = JobHealth.start(
                "127.0.0.1:0",
                () -> job.getJobStatus().getNow(JobStatus.RUNNING).name(),
                Duration.ofMinutes(5))) {
            await(health, "/metrics", "flink_taskmanager_job_task_operator_numRecordsIn{");
            String metrics = await(health, "/metrics", "flink_jobmanager_job_numberOfCompletedCheckpoints{");
            assertThat(metrics).contains("# TYPE flink_jobmanager_job_numRestarts gauge\n", "job_name=\"endless\"");
            assertThat(await(health, "/health", "\"job\":\"RUNNING\""))
                    .startsWith("{\"status\":\"up\"")
                    .contains("\"restarts\":0");
            assertThat(get(health, "/health").statusCode()).isEqualTo(200);
            assertThat(get(health, "/metrics/x").statusCode()).isEqualTo(404);
        } finally {
            job.cancel().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldBeDownWhereTheJobRestartsOrCompletesNoCheckpoint() throws Exception {
        try (JobHealth health = JobHealth.start("127.0.0.1:0", () -> "RESTARTING", Duration.ofSeconds(-1))) {
            HttpResponse<String> answer = get(health, "/health");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"status\":\"down\"", "the job is restarting");
            assertThat(health.report("RUNNING", 7, 2).reason()).startsWith("no checkpoint was completed for ");
        }
    }

    @Test
    void shouldRefuseAPlaceThatIsNoneOrIsTaken() {
        try (JobHealth off = JobHealth.start("off", () -> "", Duration.ZERO)) {
            assertThat(off.port()).isZero();
        }
        assertThatThrownBy(() -> JobHealth.start("9465", () -> "", Duration.ZERO))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("HOST:PORT");
        try (JobHealth first = JobHealth.start("127.0.0.1:0", () -> "", Duration.ZERO)) {
            assertThatThrownBy(() -> JobHealth.start("127.0.0.1:" + first.port(), () -> "", Duration.ZERO))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("cannot listen");
        }
    }
}
