package io.tripline.rules.probe;

import io.tripline.rules.incident.Probing;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What one actor tried at one service of one target in one way, and what became of it. Two contacts about the same thing merge
 * to the same result in any order.
 */
public final class Contact {
    /** The service answered, or the conversation provably went on. */
    public static final int OPEN = 1;
    /** The service was refused. */
    public static final int CLOSED = 1 << 1;
    /** A router on the way said that the probe's hop limit ran out. */
    public static final int EXPIRED = 1 << 2;
    /** The actor completed the handshake. */
    public static final int COMPLETED = 1 << 3;
    /** The actor reset what had been accepted. */
    public static final int RESET = 1 << 4;
    /** A refusing RST had a window, which is what a window scan reads. */
    public static final int RST_WINDOW = 1 << 5;
    /** When the probe was seen, its tap showed answers. */
    public static final int ANSWERS_VISIBLE = 1 << 6;
    /** The probe was a datagram as traceroute sends it: small hop limit, port in traceroute's range. */
    public static final int HOP_LIMITED = 1 << 7;

    /** Somebody answered or refused, as opposed to the actor's just going on: the tap shows what comes back to it. */
    public static final int ANSWERED = 1 << 8;

    /** One of so many sources that tried a single thing at this target in this second, as in a flood under false addresses. */
    public static final int CROWDED = 1 << 9;

    /** A datagram from the same port that it went to: who of the two began cannot be told from it. */
    public static final int EQUAL_PORTS = 1 << 10;

    /** Kinds of probe that only who asks for the operating system sends (see {@link OsProbe}), {@link OsProbe#KINDS} bits from here on. */
    static final int OS_PROBES = 12;

    /** How tools make a SYN (see {@link SynShape}), {@link SynShape#SHAPES} bits from here on. */
    static final int SYN_SHAPES = 23;

    /** Within a history: what became of it was handed to the rules that remember failures. */
    private static final int SETTLED = 1 << 29;

    /** Within a history: its outcome has gone through the sequential test. */
    private static final int JUDGED = 1 << 30;

    private static final int TECHNIQUE_BITS = 5;

    final long targetHigh;
    final long targetLow;
    final int key;

    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long frame = Long.MAX_VALUE;
    private long probes;
    private long stackProbes;
    private long bytes;
    private int bits;
    private int weight = 1;
    private @Nullable Sessions sessions;

    Contact(long targetHigh, long targetLow, int key) {
        this.targetHigh = targetHigh;
        this.targetLow = targetLow;
        this.key = key;
    }

    static int key(int service, Probing probing) {
        return service << TECHNIQUE_BITS | probing.code();
    }

    public Address target() {
        return new Address(targetHigh, targetLow);
    }

    /** Whether its target is the address given. */
    public boolean isAt(Address address) {
        return targetLow == address.low() && targetHigh == address.high();
    }

    public int service() {
        return key >>> TECHNIQUE_BITS;
    }

    public Probing probing() {
        return Probing.ofCode(key & (1 << TECHNIQUE_BITS) - 1);
    }

    /** Stream time of the first probe, microseconds; {@link Long#MAX_VALUE} where only an answer was seen. */
    public long first() {
        return first;
    }

    /** Stream time of the latest probe, microseconds; {@link Long#MIN_VALUE} where only an answer was seen. */
    public long last() {
        return last;
    }

    /** Number of the first probe's frame in its capture. */
    public long frame() {
        return frame;
    }

    /** Probing packets, repeats among them. */
    public long probes() {
        return probes;
    }

    /** SYN probes that carry the options of an operating system's stack rather than of a packet crafter. */
    public long stackProbes() {
        return stackProbes;
    }

    /** Bytes on the wire of the probes. */
    public long bytes() {
        return bytes;
    }

    public boolean has(int bit) {
        return (bits & bit) != 0;
    }

    public boolean judged() {
        return (bits & JUDGED) != 0;
    }

    /** Marks that this contact's outcome was taken into account once. */
    public void judge() {
        bits |= JUDGED;
    }

    /** Marks that what became of it was handed on; false where it was before. */
    public boolean settle() {
        boolean before = (bits & SETTLED) != 0;
        bits |= SETTLED;
        return !before;
    }

    /** All marks as a bit set. */
    public int bits() {
        return bits;
    }

    /** Its ended conversations, where it is about a login service and there were any. */
    public @Nullable Sessions sessions() {
        return sessions;
    }

    /** Whether all that is known of it is what a conversation carried that neither began nor ended here. */
    public boolean isCarriedOnly() {
        return sessions != null && probes() == 0 && bits() == 0 && sessions.ended() == 0;
    }

    Sessions countedSessions() {
        if (sessions == null) {
            sessions = new Sessions();
        }
        return sessions;
    }

    /** How many (target, service) pairs this one stands for; above 1 only after sampling. */
    public int weight() {
        return weight;
    }

    void weighAtLeast(int other) {
        weight = Math.max(weight, other);
    }

    void mark(int moreBits) {
        bits |= moreBits;
    }

    public void probe(long time, long frameNumber, int length, boolean fromStack, int moreBits) {
        first = Math.min(first, time);
        last = Math.max(last, time);
        frame = Math.min(frame, frameNumber);
        probes++;
        stackProbes += fromStack ? 1 : 0;
        bytes += length;
        bits |= moreBits;
    }

    void merge(Contact other) {
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        frame = Math.min(frame, other.frame);
        probes += other.probes;
        stackProbes += other.stackProbes;
        bytes += other.bytes;
        bits |= other.bits;
        if (other.sessions != null) {
            countedSessions().add(other.sessions);
        }
    }

    /** Adds what another sensor saw of it at the same time: the best-known outcome, and the larger counts, since both may have seen the same packets. */
    void combine(Contact other) {
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        frame = Math.min(frame, other.frame);
        probes = Math.max(probes, other.probes);
        stackProbes = Math.max(stackProbes, other.stackProbes);
        bytes = Math.max(bytes, other.bytes);
        bits |= other.bits;
        if (other.sessions != null) {
            countedSessions().combine(other.sessions);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(targetHigh);
        out.writeLong(targetLow);
        out.writeInt(key);
        out.writeLong(first);
        out.writeLong(last);
        out.writeLong(frame);
        out.writeLong(probes);
        out.writeLong(stackProbes);
        out.writeLong(bytes);
        out.writeInt(bits);
        out.writeInt(weight);
        out.writeBoolean(sessions != null);
        if (sessions != null) {
            sessions.write(out);
        }
    }

    static Contact read(DataInput in) throws IOException {
        Contact contact = new Contact(in.readLong(), in.readLong(), in.readInt());
        if (!Probing.known(contact.key & (1 << TECHNIQUE_BITS) - 1)) {
            throw new IOException("no technique has the number in contact key " + contact.key);
        }
        contact.first = in.readLong();
        contact.last = in.readLong();
        contact.frame = in.readLong();
        contact.probes = in.readLong();
        contact.stackProbes = in.readLong();
        contact.bytes = in.readLong();
        contact.bits = in.readInt();
        contact.weight = in.readInt();
        if (in.readBoolean()) {
            contact.sessions = Sessions.read(in);
        }
        if (contact.weight < 1 || contact.probes < 0) {
            throw new IOException("contact of weight " + contact.weight + " with " + contact.probes + " probes");
        }
        return contact;
    }
}
