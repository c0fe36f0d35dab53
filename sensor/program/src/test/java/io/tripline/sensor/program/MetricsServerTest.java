package io.tripline.sensor.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.Volume;
import io.tripline.sensor.publish.Notices;
import io.tripline.sensor.publish.Publisher;
import io.tripline.sensor.publish.Target;
import io.tripline.sensor.publish.WallClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    void shouldTellWhoLosesPacketsFromWhoIsStuck() throws Exception {
        // A publisher that was not started takes nothing from its queue.
        Publisher publisher = new Target.Files(folder)
                .open("tap", 1, null, true, WallClock.system(), new Notices(line -> {}))
                .publisher();
        MetricsServer server = MetricsServer.start(
                new HostPort("127.0.0.1", 0), SensorMetrics.of(publisher, List.of()), Health.of(publisher, List.of()));
        try {
            while (publisher.ledger().account("tap").discarded() == 0) {
                publisher.offer(batch());
            }
            HttpResponse<String> health = get(server.port(), "/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("packets are discarded");
            assertThat(get(server.port(), "/live").statusCode()).isEqualTo(200);
        } finally {
            server.close();
            publisher.close(Duration.ZERO);
        }
    }

    @Test
    void shouldCallAProgramStuckWhosePublishingThreadTakesNoTurns() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Path gone = folder.resolve("gone");
        Notices notices = new Notices(line -> {
            holding.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Publisher publisher = new Target.Files(gone)
                .open("tap", 1, null, true, WallClock.system(), notices)
                .publisher();
        Files.delete(gone);
        Health health = Health.of(publisher, List.of(), 0.05);
        publisher.start();
        publisher.offer(batch());
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (health.alive().healthy() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(health.alive().reason()).isEqualTo("publishing is stuck");
        held.countDown();
        publisher.close(Duration.ZERO);
    }

    private static PacketBatch batch() {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("tap");
        batch.setSegment("lan");
        batch.setVersion("");
        batch.setPackets(1);
        batch.setProtocols(List.of());
        batch.setUnread(List.of());
        batch.setRecords(List.of());
        batch.setVolumes(Collections.nCopies(1_000, new Volume()));
        return batch;
    }

    @Test
    void shouldWriteAReasonAsJsonWhateverIsInIt() {
        assertThat(new Health.Report(false, "a \"b\"\n\\c").json())
                .isEqualTo("{\"status\":\"down\",\"reason\":\"a \\\"b\\\"\\\\u000a\\\\c\"}\n");
    }
}
