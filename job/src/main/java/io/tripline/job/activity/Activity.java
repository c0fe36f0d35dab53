package io.tripline.job.activity;

import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one actor tried in one second of stream time, as far as one part of the stream shows it. Parts of the same second merge to
 * the same whole in any order.
 */
public final class Activity {
    /** Contacts of one actor in one second that are kept exactly; beyond it a sample (see {@link ContactTable}). */
    public static final int CONTACTS = 8_192;

    private static final int SENSORS = 65_536;

    private final Address actor;
    private final long second;
    private long clockShift;
    private final SensorCounts sensors;
    private final ContactTable contacts;

    public Activity(Address actor, long second) {
        this(actor, second, new SensorCounts(), new ContactTable(CONTACTS));
    }

    private Activity(Address actor, long second, SensorCounts sensors, ContactTable contacts) {
        this.actor = actor;
        this.second = second;
        this.sensors = sensors;
        this.contacts = contacts;
    }

    /** Who began the conversations. */
    public Address actor() {
        return actor;
    }

    /** Stream time, whole seconds since the epoch. */
    public long second() {
        return second;
    }

    /** What the sensor had added to capture time to get stream time, microseconds. */
    public long clockShift() {
        return clockShift;
    }

    /** Probing packets and answers to them by the sensor that saw them. */
    public SensorCounts sensors() {
        return sensors;
    }

    public ContactTable contacts() {
        return contacts;
    }

    /** Notes that a sensor saw a packet of this activity. */
    void seenBy(String sensor, long shift) {
        sensors.add(sensor, 1);
        clockShift = Math.max(clockShift, shift);
    }

    /** Adds another part of the same actor's same second. */
    public void merge(Activity other) {
        if (!actor.equals(other.actor) || second != other.second) {
            throw new IllegalArgumentException(
                    actor + " at " + second + " cannot take in " + other.actor + " at " + other.second);
        }
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
        contacts.mergeAll(other.contacts);
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(actor.high());
        out.writeLong(actor.low());
        out.writeLong(second);
        out.writeLong(clockShift);
        sensors.write(out);
        contacts.write(out);
    }

    public static Activity read(DataInput in) throws IOException {
        Address actor = new Address(in.readLong(), in.readLong());
        long second = in.readLong();
        long clockShift = in.readLong();
        SensorCounts sensors = SensorCounts.read(in);
        Activity activity = new Activity(actor, second, sensors, ContactTable.read(in, CONTACTS));
        activity.clockShift = clockShift;
        return activity;
    }

    public static void writeCounts(Map<String, Long> counts, DataOutput out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            Stored.writeText(count.getKey(), out);
            out.writeLong(count.getValue());
        }
    }

    public static SortedMap<String, Long> readCounts(DataInput in) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = Stored.readSize(in, SENSORS, "sensors"); i > 0; i--) {
            counts.put(Stored.readText(in), in.readLong());
        }
        return counts;
    }
}
