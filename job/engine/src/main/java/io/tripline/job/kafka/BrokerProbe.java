package io.tripline.job.kafka;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker says of partitions from which nothing comes. Where a partition's leader does not answer, sensors keep
 * what they see until it is back, and time must not go on without them. Asks in the background, on a thread that lives
 * as long as the question, and only as long as it is asked itself.
 */
final class BrokerProbe {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);

    /** Nanoseconds between two questions. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);
    /** Nanoseconds between two questions while nothing is known of a partition. */
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    /** Nanoseconds for which an answer counts. */
    private static final long VALID = TimeUnit.SECONDS.toNanos(30);

    /** What is known of a partition. */
    enum Answer {
        /** Nothing yet. */
        NONE,
        /** Its leader does not answer. */
        AWAY,
        /** It has records that were not read yet. */
        MORE,
        /** All that it has was read. */
        READ
    }

    /** Asks the broker. */
    @FunctionalInterface
    interface Question {
        /** First and next offset of each partition whose leader answers within some seconds; others are missing. */
        Map<Integer, Offsets> ask(Set<Integer> partitions);
    }

    /** Offset of the oldest record that a partition keeps, and of the next that will be appended. */
    record Offsets(long first, long next) {}

    private record Known(Offsets offsets, boolean away, long at) {}

    private static final Offsets UNKNOWN = new Offsets(0, 0);

    private final Question question;
    private final Map<Integer, Known> known = new ConcurrentHashMap<>();
    private final Set<Integer> wanted = new HashSet<>();
    private volatile boolean asking;
    private long asked = System.nanoTime() - PAUSE;

    BrokerProbe(Question question) {
        this.question = question;
    }

    /**
     * What the last answer says. Used by one thread.
     *
     * @param position offset of the next record to be read; negative where none was read and the client finds out where
     *     to begin
     */
    Answer of(int partition, long position) {
        wanted.add(partition);
        Known last = known.get(partition);
        long now = System.nanoTime();
        if (!asking && now - asked >= (last == null ? FIRST_PAUSE : PAUSE)) {
            asked = now;
            begin(Set.copyOf(wanted));
            wanted.clear();
        }
        if (last == null || now - last.at() > VALID) {
            return Answer.NONE;
        }
        if (last.away()) {
            return Answer.AWAY;
        }
        return isRead(last.offsets(), position) ? Answer.READ : Answer.MORE;
    }

    private static boolean isRead(Offsets offsets, long position) {
        if (position == -1) {
            return true; // begins with what comes next
        }
        return Math.max(position, offsets.first()) >= offsets.next();
    }

    /**
     * A pool's threads may have a class loader that does not know Kafka's classes; this one knows those that this class
     * knows.
     */
    private void begin(Set<Integer> partitions) {
        asking = true;
        Thread thread = new Thread(() -> ask(partitions), "tripline-broker-probe");
        thread.setDaemon(true);
        thread.setContextClassLoader(BrokerProbe.class.getClassLoader());
        thread.start();
    }

    private void ask(Set<Integer> partitions) {
        try {
            Map<Integer, Offsets> answers = question.ask(partitions);
            learn(partitions, answers);
        } catch (RuntimeException e) {
            LOG.warn("cannot query end offsets of the topic; event time does not advance on idle partitions", e);
            learn(partitions, Map.of());
        } finally {
            asking = false;
        }
    }

    private void learn(Set<Integer> partitions, Map<Integer, Offsets> answers) {
        long now = System.nanoTime();
        for (Integer partition : partitions) {
            Offsets offsets = answers.get(partition);
            known.put(partition, new Known(offsets == null ? UNKNOWN : offsets, offsets == null, now));
        }
    }
}
