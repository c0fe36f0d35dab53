package io.tripline.job.kafka;

import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Whether the broker answers while nothing comes from it. If it does not, sensors keep what they see until it is back, and time must not go on
 * without them. Asks in the background, and only as long as it is asked itself.
 */
final class BrokerProbe {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final int PATIENCE = 5_000;

    private final KafkaSettings kafka;
    private CompletableFuture<Boolean> away = CompletableFuture.completedFuture(false);
    private long asked = System.nanoTime() - PAUSE;

    BrokerProbe(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** What the last answer was; a broker that has not answered yet is not away. Used by one thread. */
    boolean isAway() {
        if (!away.isDone()) {
            return false;
        }
        boolean isAway = away.join();
        if (System.nanoTime() - asked >= PAUSE) {
            asked = System.nanoTime();
            away = CompletableFuture.supplyAsync(this::ask);
        }
        return isAway;
    }

    private boolean ask() {
        Properties properties = kafka.properties();
        properties.setProperty("default.api.timeout.ms", Integer.toString(PATIENCE));
        properties.setProperty("request.timeout.ms", Integer.toString(PATIENCE));
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().clusterId().get(PATIENCE, TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
