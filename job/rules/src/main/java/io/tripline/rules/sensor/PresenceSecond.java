package io.tripline.rules.sensor;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which live sensors were heard, all together: there is one subject. Beside them stand the seconds of the broker's clock in which any was heard directly,
 * that is, not by way of a spool: in these whoever is silent could have been heard.
 *
 * <p>Memory: about 150 bytes a sensor, at most {@link #SENSORS}, and {@link #LISTENED} seconds, of which the latest are kept.
 */
public final class PresenceSecond implements Part<String, PresenceSecond> {
    public static final Codec<PresenceSecond> CODEC =
            Codec.of("presence-second", 1, PresenceSecond.class, PresenceSecond::write, PresenceSecond::read);

    /** Sensors of one second, and those that are followed at all. */
    public static final int SENSORS = 4_096;

    static final int LISTENED = 600;

    /**
     * The newest that is known of one sensor.
     *
     * @param run when its latest run began
     * @param reached newest stream time of that run, microseconds
     * @param appended the broker's clock when a batch of it came last, seconds
     * @param ending whether that run said that it stops in order
     * @param spooled whether its newest batch came by way of its spool
     */
    public record Heard(long run, long reached, long appended, boolean ending, boolean spooled) {
        private Heard with(Heard other) {
            boolean first = run > other.run || (run == other.run && reached >= other.reached);
            Heard newest = first ? this : other;
            boolean end = run == other.run ? ending || other.ending : newest.ending;
            return new Heard(newest.run, newest.reached, Math.max(appended, other.appended), end, newest.spooled);
        }
    }

    private final SortedMap<String, Heard> heard = new TreeMap<>();
    private final TreeSet<Long> listened = new TreeSet<>();
    private long second;

    public PresenceSecond(long second) {
        this.second = second;
    }

    /** All sensors are one subject. */
    @Override
    public String subject() {
        return "";
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return "";
    }

    /** Sensors that were heard, by name. */
    public SortedMap<String, Heard> heard() {
        return Collections.unmodifiableSortedMap(heard);
    }

    /** Seconds of the broker's clock in which any sensor was heard directly. */
    public SortedSet<Long> listened() {
        return Collections.unmodifiableSortedSet(listened);
    }

    /** Adds what one batch shows. */
    public void add(String sensor, Heard now, boolean direct) {
        Heard before = heard.get(sensor);
        if (before != null) {
            heard.put(sensor, before.with(now));
        } else if (heard.size() < SENSORS) {
            heard.put(sensor, now);
        }
        if (direct) {
            listened.add(now.appended());
            bound();
        }
    }

    private void bound() {
        while (listened.size() > LISTENED) {
            listened.pollFirst();
        }
    }

    @Override
    public void merge(PresenceSecond other) {
        other.heard.forEach((sensor, now) -> add(sensor, now, false));
        listened.addAll(other.listened);
        bound();
    }

    @Override
    public boolean raise(long later) {
        second = later;
        return true;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(second);
        out.writeInt(heard.size());
        for (Map.Entry<String, Heard> each : heard.entrySet()) {
            Stored.writeText(each.getKey(), out);
            Heard now = each.getValue();
            out.writeLong(now.run());
            out.writeLong(now.reached());
            out.writeLong(now.appended());
            out.writeBoolean(now.ending());
            out.writeBoolean(now.spooled());
        }
        out.writeInt(listened.size());
        for (long each : listened) {
            out.writeLong(each);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no second can hold
     */
    public static PresenceSecond read(DataInput in) throws IOException {
        PresenceSecond read = new PresenceSecond(in.readLong());
        for (int i = Stored.readSize(in, SENSORS, "sensors"); i > 0; i--) {
            read.heard.put(
                    Stored.readText(in),
                    new Heard(in.readLong(), in.readLong(), in.readLong(), in.readBoolean(), in.readBoolean()));
        }
        for (int i = Stored.readSize(in, LISTENED, "seconds"); i > 0; i--) {
            read.listened.add(in.readLong());
        }
        return read;
    }
}
