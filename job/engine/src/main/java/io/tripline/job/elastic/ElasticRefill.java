package io.tripline.job.elastic;

import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/**
 * Puts alerts into Elasticsearch that were told before, in whatever order and however often: as the job's sink does, so
 * that what is there and is newer stays, and so does what others wrote. Used by one thread.
 */
public final class ElasticRefill implements AutoCloseable {
    /** More wait for the server no longer than this: then it is told what is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MOST_WAITING = Delivery.MOST_WAITING / 2;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /**
     * What became of the incidents; one that was told in several batches counts in each.
     *
     * @param stored written
     * @param newer what was there is newer
     * @param rejected the server will never take them
     */
    public record Told(long stored, long newer, long rejected) {}

    private final ElasticSettings settings;
    private final ElasticConnection connection;
    private final WaitingTurn turn = new WaitingTurn();
    private final DeliveryCounts counts = new DeliveryCounts(UnregisteredMetricsGroup.createSinkWriterMetricGroup());
    private final Delivery delivery;
    private final Duration patience;

    /**
     * Connects with the first alert.
     *
     * @param rejected takes what the server will never take
     */
    public ElasticRefill(ElasticSettings settings, RejectedDocuments.Writer rejected) {
        this(settings, rejected, PATIENCE);
    }

    ElasticRefill(ElasticSettings settings, RejectedDocuments.Writer rejected, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        connection = new ElasticConnection(settings);
        delivery = new Delivery(
                settings,
                settings.alertsPrefix(),
                new AnnotatedAlerts(),
                connection,
                connection::renew,
                rejected,
                turn,
                counts);
    }

    /**
     * Takes an alert as it is on the topic. Waits for the server where many wait already.
     *
     * @return whether it is an alert
     * @throws ElasticException if the server takes nothing
     */
    public boolean add(String json) throws IOException {
        ElasticDocument document = document(json, settings.alertsPrefix());
        if (document == null) {
            return false;
        }
        delivery.add(document);
        await(() -> delivery.size() < MOST_WAITING);
        return true;
    }

    /**
     * Returns once all are stored, or their fate is known.
     *
     * @throws ElasticException if the server takes nothing
     */
    public Told finish() throws IOException {
        delivery.send();
        await(() -> delivery.size() == 0);
        return new Told(counts.storedInAll(), counts.supersededInAll(), counts.rejectedInAll());
    }

    private void await(BooleanSupplier holds) throws IOException {
        long begun = turn.now();
        turn.run(() ->
                holds.getAsBoolean() || turn.now() - Math.max(begun, delivery.lastSettled()) >= patience.toNanos());
        if (!holds.getAsBoolean()) {
            throw new ElasticException("Elasticsearch takes no documents: " + counts.reason());
        }
    }

    /** The document that the sink makes of the same alert; null where it is none. */
    static @Nullable ElasticDocument document(String json, String prefix) {
        try {
            AlertDocument alert = AlertJson.read(json);
            AlertDocument.Event event = alert.event();
            String id = event.id();
            long version = AlertVersion.of(alert);
            if (!ID.matcher(id).matches() || version == AlertVersion.NONE || json.indexOf('\n') >= 0) {
                return null;
            }
            boolean last = event.action().equals(Stage.CLOSED.name().toLowerCase(Locale.ROOT));
            String index = IndexMonth.of(prefix, AlertVersion.micros(event.start()));
            return new ElasticDocument(index, id, version, last, json);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
