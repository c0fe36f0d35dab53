package io.tripline.job.elastic;

import io.tripline.rules.traffic.TrafficDocument;
import io.tripline.rules.traffic.TrafficMinute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps one document for each sensor and minute, in an index of its month. Takes whole minutes, not the parts that a
 * fold hands over.
 */
public final class ElasticTrafficSink extends ElasticSink<TrafficMinute> {
    private static final long serialVersionUID = 1;
    private static final int ID_BYTES = 16;

    /**
     * A sink of whole minutes.
     *
     * @param rejected where documents go that the server will never take
     */
    public ElasticTrafficSink(ElasticSettings settings, RejectedDocuments rejected) {
        super(
                minute -> document(minute, settings.trafficPrefix()),
                settings,
                settings.trafficPrefix(),
                false,
                rejected);
    }

    /**
     * The document of a minute. Its version is what it counts: after a restart a minute may be told again with less in
     * it, and must not take the place of what is there.
     */
    static ElasticDocument document(TrafficMinute minute, String prefix) {
        long start = TrafficDocument.start(minute);
        long counted = Math.max(0, minute.total().packets() + minute.dropped());
        return new ElasticDocument(
                IndexMonth.of(prefix, start), id(minute.sensor(), start), counted, false, TrafficDocument.json(minute));
    }

    /** Document id, equal in a replay: 128 bits of SHA-256 over minute and sensor. */
    private static String id(String sensor, long start) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(start).flip());
            digest.update(sensor.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
