package io.tripline.job.elastic;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was rejected, for a test to look at; found by name after Flink has copied it. */
public record Rejects(String name) implements RejectedDocuments {
    private static final long serialVersionUID = 1;
    private static final Map<String, List<Reject>> KEPT = new ConcurrentHashMap<>();

    /** A rejected document. */
    public record Reject(String id, String reason, String document) {}

    /** Empty at first. */
    public static Rejects fresh() {
        return new Rejects(UUID.randomUUID().toString());
    }

    /** What came so far. */
    public List<Reject> all() {
        return KEPT.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>());
    }

    @Override
    public Writer open() {
        List<Reject> kept = all();
        return new Writer() {
            @Override
            public void reject(String id, String reason, String document) {
                kept.add(new Reject(id, reason, document));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
