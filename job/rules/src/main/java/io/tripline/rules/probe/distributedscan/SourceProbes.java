package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.Contact;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one source tried in vain at one target: services with the time of the first probe. Exact up to {@link #SERVICES} services; of more, those
 * whose hash is lowest are kept, the same ones for every source, so that what two sources have in common can still be told. Memory: about 100 bytes a
 * service.
 */
public final class SourceProbes {
    /** Services kept. */
    public static final int SERVICES = 256;

    /**
     * One service.
     *
     * @param first stream time of the first probe, microseconds
     * @param probing how it was tried
     * @param refused whether it was refused rather than silent
     * @param seen whether the tap shows what comes back
     */
    public record Probe(long first, Probing probing, boolean refused, boolean seen) {
        private Probe earlier(Probe other) {
            Probe one = other.first < first || (other.first == first && other.probing.code() < probing.code())
                    ? other
                    : this;
            return new Probe(one.first, one.probing, refused || other.refused, seen || other.seen);
        }
    }

    private final SortedMap<Integer, Probe> services = new TreeMap<>();
    private long last = Long.MIN_VALUE;
    private long frame = Long.MAX_VALUE;
    private long packets;
    private long bytes;
    private boolean sampled;

    /** Services by number, see {@link Service}. */
    public SortedMap<Integer, Probe> services() {
        return services;
    }

    /** Stream time of the latest probe, microseconds. */
    public long last() {
        return last;
    }

    /** Number of the first probe's frame in its capture. */
    public long frame() {
        return frame;
    }

    public long packets() {
        return packets;
    }

    /** Bytes on the wire. */
    public long bytes() {
        return bytes;
    }

    /** Whether there were more services than are kept. */
    public boolean sampled() {
        return sampled;
    }

    /** Adds a contact that failed, or of which nothing is known. */
    public void add(Contact contact, boolean seen) {
        Probe probe = new Probe(contact.first(), contact.probing(), contact.has(Contact.CLOSED), seen);
        put(contact.service(), probe);
        last = Math.max(last, contact.last());
        frame = Math.min(frame, contact.frame());
        packets += contact.probes();
        bytes += contact.bytes();
        sampled |= contact.weight() > 1;
    }

    /** Adds more of the same source. */
    public void merge(SourceProbes other) {
        other.services.forEach(this::put);
        last = Math.max(last, other.last);
        frame = Math.min(frame, other.frame);
        packets += other.packets;
        bytes += other.bytes;
        sampled |= other.sampled;
    }

    /** Forgets services first tried before the given time, microseconds. */
    public void expire(long before) {
        services.values().removeIf(probe -> probe.first() < before);
    }

    /** Forgets all but so many services, those whose hash is lowest. */
    public void keep(int most) {
        while (services.size() > most) {
            sampled = true;
            services.remove(highest());
        }
    }

    private int highest() {
        int highest = services.firstKey();
        for (int kept : services.keySet()) {
            if (Integer.compareUnsigned(hash(kept), hash(highest)) > 0) {
                highest = kept;
            }
        }
        return highest;
    }

    private void put(int service, Probe probe) {
        services.merge(service, probe, Probe::earlier);
        keep(SERVICES);
    }

    private static int hash(int service) {
        int hash = service * 0x9e37_79b9;
        hash = (hash ^ hash >>> 15) * 0x85eb_ca6b;
        return hash ^ hash >>> 13;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(services.size());
        for (Map.Entry<Integer, Probe> service : services.entrySet()) {
            Probe probe = service.getValue();
            out.writeInt(service.getKey());
            out.writeLong(probe.first());
            out.writeByte(probe.probing().code());
            out.writeBoolean(probe.refused());
            out.writeBoolean(probe.seen());
        }
        for (long value : new long[] {last, frame, packets, bytes}) {
            out.writeLong(value);
        }
        out.writeBoolean(sampled);
    }

    public static SourceProbes read(DataInput in) throws IOException {
        SourceProbes probes = new SourceProbes();
        for (int i = Stored.readSize(in, SERVICES, "services"); i > 0; i--) {
            int service = in.readInt();
            long first = in.readLong();
            int code = in.readByte();
            if (!Probing.known(code)) {
                throw new IOException("no technique has number " + code);
            }
            probes.services.put(service, new Probe(first, Probing.ofCode(code), in.readBoolean(), in.readBoolean()));
        }
        probes.last = in.readLong();
        probes.frame = in.readLong();
        probes.packets = in.readLong();
        probes.bytes = in.readLong();
        probes.sampled = in.readBoolean();
        return probes;
    }
}
