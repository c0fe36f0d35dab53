package io.tripline.job.kafka;

import io.tripline.rules.sensor.ListedSensors;
import io.tripline.rules.sensor.ListedSensors.Listed;
import io.tripline.schemas.BatchKey;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Whether a batch is by whom it says it is. Whoever may write to the topic could otherwise speak in the name of any
 * sensor.
 */
final class SensorKeys {
    /** Why a batch is refused. */
    record Refusal(String reason, String detail) {}

    private final ListedSensors listed;
    private final Map<String, BatchKey> keys;

    private SensorKeys(ListedSensors listed, Map<String, BatchKey> keys) {
        this.listed = listed;
        this.keys = keys;
    }

    /**
     * Reads the keys of all sensors that have one.
     *
     * @throws IOException if one cannot be read; says which file, never what is in it
     */
    static SensorKeys read(ListedSensors listed) throws IOException {
        Map<String, BatchKey> keys = new HashMap<>();
        for (Map.Entry<String, Listed> each : listed.byName().entrySet()) {
            String file = each.getValue().keyFile();
            if (file != null) {
                keys.put(each.getKey(), BatchKey.read(Path.of(file)));
            }
        }
        return new SensorKeys(listed, keys);
    }

    /** Why a batch is not to be believed; null where it is. */
    @Nullable
    Refusal refusal(PacketBatch batch, ConsumerRecord<byte[], byte[]> message) {
        Listed sensor = listed.byName().get(batch.getSensor());
        if (sensor == null) {
            return listed.only() ? new Refusal("unlisted", "no sensor of that name in the settings") : null;
        }
        BatchKey key = keys.get(batch.getSensor());
        if (key != null) {
            Header header = message.headers().lastHeader(BatchKey.HEADER);
            if (header == null) {
                return new Refusal("unsigned", "the sensor has a key, but the record has no header " + BatchKey.HEADER);
            }
            if (!key.isSignedBy(header.value(), message.value())) {
                return new Refusal("forged", "the signature does not match the sensor's key");
            }
        }
        String segment = sensor.segment();
        return segment == null || segment.equals(batch.getSegment())
                ? null
                : new Refusal("wrong-segment", "the settings list this sensor on another segment");
    }
}
