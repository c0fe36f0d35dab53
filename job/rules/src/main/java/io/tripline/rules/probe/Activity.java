package io.tripline.rules.probe;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one actor tried in one second of stream time, as far as one part of the stream shows it. Parts of the same second merge to
 * the same whole in any order.
 *
 * <p>Memory: about 100 bytes a contact, at most {@link #CONTACTS}, and as much for each of at most {@link #STRAYS} answers whose probes the sensor did
 * not see.
 */
public final class Activity implements Part<Address, Activity> {
    public static final Codec<Activity> CODEC =
            Codec.of("activity", 1, Activity.class, Activity::write, Activity::read);

    /** Contacts of one actor in one second that are kept exactly; beyond it a sample (see {@link ContactTable}). */
    public static final int CONTACTS = 8_192;

    /** Answers to what the sensor did not see that are kept; of more a sample. */
    static final int STRAYS = 2_048;

    private final Address actor;
    private final long second;
    private long clockShift;
    private final SensorCounts sensors;
    private final ContactTable contacts;
    private @Nullable LowestHashes<StrayAnswer> strays;

    public Activity(Address actor, long second, String sensor) {
        this(actor, second, SensorCounts.of(sensor), new ContactTable(CONTACTS));
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

    @Override
    public Address subject() {
        return actor;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return sensors.sensor();
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

    /** Answers to the actor whose probes the sensor that saw them did not see: its tap shows one direction only, or packets take another way back. */
    public Collection<StrayAnswer> strays() {
        return strays == null ? List.of() : strays.entries();
    }

    /** Makes such an answer one to a probe of this actor. */
    public void take(StrayAnswer answer) {
        Address target = answer.target();
        Contact contact = contacts.contact(target.high(), target.low(), answer.service(), Probing.SYN);
        if (contact != null) {
            contact.mark(answer.bits());
            sensors.add(answer.sensor(), answer.packets());
        }
    }

    /** Whether the actor tried no more than {@link ActivityFold#FEW} things, or only got answers to what nobody saw. */
    @Override
    public boolean isLittle() {
        return isStraysOnly() || contacts.isFewProbes(ActivityFold.FEW);
    }

    /** Whether such answers are all that there is. */
    boolean isStraysOnly() {
        return strays != null && contacts.size() == 0;
    }

    void stray(StrayAnswer answer) {
        countedStrays().add(answer);
    }

    private LowestHashes<StrayAnswer> countedStrays() {
        if (strays == null) {
            strays = new LowestHashes<>(STRAYS);
        }
        return strays;
    }

    /** Notes that a sensor saw a packet of this activity. */
    void seenBy(String sensor, long shift) {
        sensors.add(sensor, 1);
        clockShift = Math.max(clockShift, shift);
    }

    @Override
    public void merge(Activity other) {
        add(other);
        contacts.mergeAll(other.contacts);
    }

    @Override
    public void combine(Activity other) {
        add(other);
        contacts.combineAll(other.contacts);
    }

    private void add(Activity other) {
        if (!actor.equals(other.actor) || second != other.second) {
            throw new IllegalArgumentException(
                    actor + " at " + second + " cannot take in " + other.actor + " at " + other.second);
        }
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
        if (other.strays != null) {
            countedStrays().addAll(other.strays);
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(actor.high());
        out.writeLong(actor.low());
        out.writeLong(second);
        out.writeLong(clockShift);
        sensors.write(out);
        contacts.write(out);
        out.writeBoolean(strays != null);
        if (strays != null) {
            strays.write(out);
        }
    }

    public static Activity read(DataInput in) throws IOException {
        Address actor = new Address(in.readLong(), in.readLong());
        long second = in.readLong();
        long clockShift = in.readLong();
        SensorCounts sensors = SensorCounts.read(in);
        Activity activity = new Activity(actor, second, sensors, ContactTable.read(in, CONTACTS));
        activity.clockShift = clockShift;
        if (in.readBoolean()) {
            activity.strays = LowestHashes.read(in, STRAYS, StrayAnswer::read);
        }
        return activity;
    }
}
