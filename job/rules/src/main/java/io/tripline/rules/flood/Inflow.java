package io.tripline.rules.flood;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Part;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.network.ServiceSet;
import io.tripline.rules.sketch.Overlap;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What came to one target in one second of stream time, as far as floods are concerned, and how the target answered. Counts are exact; who sent
 * it is a sample where sources are many.
 *
 * <p>Memory: about 300 bytes where one source sent one kind of packet, at most 32 KiB.
 */
public final class Inflow implements Part<Address, Inflow> {
    public static final Codec<Inflow> CODEC = Codec.of("inflow", 1, Inflow.class, Inflow::write, Inflow::read);

    /** What is counted besides {@link Kind}. */
    public enum Count {
        /** SYNs that repeat one that was not answered. */
        SYN_REPEATS(0, Kind.SYN),
        /** SYNs with the options of an operating system's stack rather than of a packet crafter. */
        SYN_OF_STACKS(1, Kind.SYN),
        /** SYN-ACKs in answer. */
        SYN_ANSWERED(2, Kind.SYN),
        /** SYNs refused by RST or an ICMP error. */
        SYN_REFUSED(3, Kind.SYN),
        /** TCP packets out of the blue: no SYN, and of no conversation. */
        TCP_STRAY(4, null),
        /** SYN-ACKs and RSTs of no conversation: answers to what others sent in this target's name. */
        BACKSCATTER(5, null),
        /** UDP conversations begun. */
        UDP_BEGUN(6, Kind.UDP),
        /** Of these, with a DNS question. */
        UDP_QUESTIONS(7, Kind.UDP),
        /** Datagrams that the target sent back. */
        UDP_ANSWERED(8, Kind.UDP),
        /** UDP conversations refused by an ICMP error. */
        UDP_REFUSED(9, Kind.UDP),
        /** Datagrams that the target sent to services that amplify. */
        AMPLIFIER_ASKED(10, null),
        /** ICMP replies that the target sent. */
        ICMP_ANSWERED(11, Kind.ICMP);

        private final int code;

        /** Whose sources tell whether two sensors saw the same; null where none do. */
        private final @Nullable Kind of;

        Count(int code, @Nullable Kind of) {
            this.code = code;
            this.of = of;
        }

        /** A number from 0 without gaps that never changes: it is part of stored state. */
        public int code() {
            return code;
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final Count[] COUNT_KINDS = Count.values();
    private static final int COUNTS = COUNT_KINDS.length;

    private final Address target;
    private final long second;
    private long clockShift;
    private boolean answersVisible;
    private final SensorCounts sensors;
    private final ServiceSet services;
    private final @Nullable Arrivals[] arrivals = new Arrivals[KINDS.length];
    private final long[] counts = new long[COUNTS];

    Inflow(Address target, long second) {
        this(target, second, new SensorCounts(), new ServiceSet());
    }

    private Inflow(Address target, long second, SensorCounts sensors, ServiceSet services) {
        this.target = target;
        this.second = second;
        this.sensors = sensors;
        this.services = services;
    }

    @Override
    public Address subject() {
        return target;
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

    /** Whether any sensor that saw this shows answers to what it sees. */
    public boolean answersVisible() {
        return answersVisible;
    }

    public SensorCounts sensors() {
        return sensors;
    }

    /** Services that SYNs and datagrams were for. */
    public ServiceSet services() {
        return services;
    }

    /** Packets of a kind; null where there were none. */
    public @Nullable Arrivals arrivals(Kind kind) {
        return arrivals[kind.code()];
    }

    public long packets(Kind kind) {
        Arrivals of = arrivals[kind.code()];
        return of == null ? 0 : of.packets();
    }

    public long count(Count of) {
        return counts[of.code()];
    }

    /** Packets of all kinds. */
    public long packets() {
        long sum = 0;
        for (Arrivals of : arrivals) {
            sum += of == null ? 0 : of.packets();
        }
        return sum;
    }

    void seenBy(String sensor, long shift, boolean visible, long packets) {
        sensors.add(sensor, packets);
        clockShift = Math.max(clockShift, shift);
        answersVisible |= visible;
    }

    void count(Count of, long more) {
        counts[of.code()] += more;
    }

    Arrivals ofKind(Kind kind) {
        Arrivals of = arrivals[kind.code()];
        if (of == null) {
            of = new Arrivals();
            arrivals[kind.code()] = of;
        }
        return of;
    }

    @Override
    public void merge(Inflow other) {
        add(other);
        for (Kind kind : KINDS) {
            Arrivals more = other.arrivals(kind);
            if (more != null) {
                ofKind(kind).merge(more);
            }
        }
        for (int i = 0; i < COUNTS; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** Whether two sensors saw the same packets is told by whose they are, for each kind; where that tells nothing, the larger count holds. */
    @Override
    public void combine(Inflow other) {
        add(other);
        Overlap[] overlaps = new Overlap[KINDS.length];
        Arrays.fill(overlaps, Overlap.FULL);
        for (Kind kind : KINDS) {
            Arrivals more = other.arrivals(kind);
            if (more != null) {
                overlaps[kind.code()] = ofKind(kind).combine(more);
            }
        }
        for (Count count : COUNT_KINDS) {
            Overlap overlap = count.of == null ? Overlap.FULL : overlaps[count.of.code()];
            counts[count.code()] = overlap.combine(counts[count.code()], other.counts[count.code()]);
        }
    }

    private void add(Inflow other) {
        if (!target.equals(other.target) || second != other.second) {
            throw new IllegalArgumentException(
                    target + " at " + second + " cannot take in " + other.target + " at " + other.second);
        }
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
        answersVisible |= other.answersVisible;
        services.addAll(other.services);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(target.high());
        out.writeLong(target.low());
        out.writeLong(second);
        out.writeLong(clockShift);
        out.writeBoolean(answersVisible);
        sensors.write(out);
        services.write(out);
        int kinds = 0;
        for (int i = 0; i < KINDS.length; i++) {
            kinds |= arrivals[i] == null ? 0 : 1 << i;
        }
        out.writeByte(kinds);
        for (Arrivals of : arrivals) {
            if (of != null) {
                of.write(out);
            }
        }
        int present = 0;
        for (int i = 0; i < COUNTS; i++) {
            present |= counts[i] == 0 ? 0 : 1 << i;
        }
        out.writeShort(present);
        for (long count : counts) {
            if (count != 0) {
                out.writeLong(count);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no inflow can hold
     */
    public static Inflow read(DataInput in) throws IOException {
        Address target = new Address(in.readLong(), in.readLong());
        long second = in.readLong();
        long clockShift = in.readLong();
        boolean answersVisible = in.readBoolean();
        Inflow inflow = new Inflow(target, second, SensorCounts.read(in), ServiceSet.read(in));
        inflow.clockShift = clockShift;
        inflow.answersVisible = answersVisible;
        int kinds = in.readUnsignedByte();
        for (int i = 0; i < KINDS.length; i++) {
            if ((kinds >>> i & 1) != 0) {
                inflow.arrivals[i] = Arrivals.read(in);
            }
        }
        int present = in.readUnsignedShort();
        for (int i = 0; i < COUNTS; i++) {
            if ((present >>> i & 1) != 0) {
                inflow.counts[i] = in.readLong();
            }
        }
        return inflow;
    }
}
