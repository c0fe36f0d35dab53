package io.tripline.rules.probe.bruteforce;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.probe.Sessions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Conversations of one source with one login service of one target: by second for the last minute, by minute for the last half hour. Memory: about
 * 100 bytes for each second or minute in which one ended, at most {@link #SECONDS} and {@link #MINUTES}.
 */
public final class Attempts {
    static final int SECONDS = 60;
    static final int MINUTES = 30;

    private final SortedMap<Long, Sessions> seconds = new TreeMap<>();
    private final SortedMap<Long, Sessions> minutes = new TreeMap<>();
    private long firstSeen = Long.MAX_VALUE;
    private long frame = Long.MAX_VALUE;

    /**
     * Adds what a second brought, and forgets what the windows that end with it no longer hold.
     *
     * @param first stream time of the first packet of a conversation in it, microseconds; {@link Long#MAX_VALUE} where none began
     */
    void add(long second, Sessions sessions, long first, long firstFrame) {
        expire(second);
        seconds.computeIfAbsent(second, s -> new Sessions()).add(sessions);
        minutes.computeIfAbsent(Math.floorDiv(second, 60), m -> new Sessions()).add(sessions);
        firstSeen = Math.min(firstSeen, first);
        frame = Math.min(frame, firstFrame);
    }

    /** Forgets what the windows that end with the given second no longer hold. */
    void expire(long second) {
        forget(seconds, second - SECONDS);
        forget(minutes, Math.floorDiv(second, 60) - MINUTES);
    }

    private static void forget(SortedMap<Long, Sessions> spans, long last) {
        while (!spans.isEmpty() && spans.firstKey() <= last) {
            spans.remove(spans.firstKey());
        }
    }

    boolean isEmpty() {
        return minutes.isEmpty();
    }

    /** The second in which nothing will be left. */
    long forgetAt() {
        return minutes.isEmpty() ? Long.MAX_VALUE : (minutes.lastKey() + MINUTES) * 60;
    }

    Sessions ofMinute() {
        return sum(seconds);
    }

    Sessions ofHalfHour() {
        return sum(minutes);
    }

    /** When the first of them began, as far as it was seen, microseconds. */
    long firstSeen() {
        return firstSeen;
    }

    /** Frame of that. */
    long frame() {
        return frame;
    }

    private static Sessions sum(SortedMap<Long, Sessions> spans) {
        Sessions sum = new Sessions();
        spans.values().forEach(sum::add);
        return sum;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(firstSeen);
        out.writeLong(frame);
        write(seconds, out);
        write(minutes, out);
    }

    private static void write(SortedMap<Long, Sessions> spans, DataOutput out) throws IOException {
        out.writeInt(spans.size());
        for (Map.Entry<Long, Sessions> span : spans.entrySet()) {
            out.writeLong(span.getKey());
            span.getValue().write(out);
        }
    }

    static Attempts read(DataInput in) throws IOException {
        Attempts attempts = new Attempts();
        attempts.firstSeen = in.readLong();
        attempts.frame = in.readLong();
        read(attempts.seconds, SECONDS, in);
        read(attempts.minutes, MINUTES, in);
        return attempts;
    }

    private static void read(SortedMap<Long, Sessions> into, int most, DataInput in) throws IOException {
        for (int i = Stored.readSize(in, most + 1, "spans of time"); i > 0; i--) {
            into.put(in.readLong(), Sessions.read(in));
        }
    }
}
