package io.tripline.sensor.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.sensor.publish.Notices;
import io.tripline.sensor.publish.Publisher;
import io.tripline.sensor.publish.Target;
import io.tripline.sensor.publish.WallClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {
    @TempDir
    private Path folder;

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldServeMetricsAndHealthOnLoopback() throws Exception {
        Publisher publisher = new Target.Files(folder)
                .open("tap", 1, null, true, WallClock.system(), new Notices(line -> {}))
                .publisher();
        publisher.start();
        MetricsServer server = MetricsServer.start(
                new HostPort("127.0.0.1", 0), SensorMetrics.of(publisher, List.of()), Health.of(publisher, List.of()));
        int port = server.port();
        try {
            HttpResponse<String> metrics = get(port, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body())
                    .contains("tripline_sensor_batches_total 0.0")
                    .contains(
                            "tripline_sensor_queue_batches 0.0",
                            "tripline_sensor_spool_bytes 0.0",
                            "tripline_sensor_spool_capacity_bytes ")
                    .contains("tripline_sensor_clock_offset_seconds", "tripline_sensor_last_ack_seconds");
            assertThat(get(port, "/health").body()).isEqualTo("{\"status\":\"up\",\"reason\":\"\"}\n");
            assertThat(get(port, "/health/x").statusCode()).isEqualTo(404);
            assertThat(HealthCheck.isWell("127.0.0.1:" + port)).isTrue();
        } finally {
            server.close();
            publisher.close(Duration.ZERO);
        }
        assertThat(HealthCheck.isWell("127.0.0.1:" + port)).isFalse();
        assertThat(HealthCheck.isWell("no address")).isFalse();
    }

    @Test
    void shouldWriteAReasonAsJsonWhateverIsInIt() {
        assertThat(new Health.Report(false, "a \"b\"\n\\c").json())
                .isEqualTo("{\"status\":\"down\",\"reason\":\"a \\\"b\\\"\\\\u000a\\\\c\"}\n");
    }
}
