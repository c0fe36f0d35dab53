package io.tripline.rules.flood;

import io.tripline.rules.sketch.Overlap;
import io.tripline.rules.sketch.SourceSample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Packets of one kind that came to one target within one second: how many, when, and from whom. */
public final class Arrivals {
    /** Sources of one second that are kept exactly; beyond it a sample. */
    public static final int SOURCES = 128;

    /** What can arrive in floods. */
    public enum Kind {
        /** Attempts to open a TCP connection, repeats among them. */
        SYN(0),
        /** TCP connections whose initiator completed the handshake. */
        CONNECTION(1),
        /** Datagrams to the side that did not begin the conversation. */
        UDP(2),
        /** Datagrams that answer a question which was never seen, or come from services that amplify. */
        REFLECTED(3),
        /** ICMP and ICMPv6 queries, and echo replies that nobody asked for. */
        ICMP(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** A number from 0 without gaps that never changes: it is part of stored state. */
        public int code() {
            return code;
        }
    }

    private long packets;
    private long bytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long frame = Long.MAX_VALUE;
    private final SourceSample sources;

    public Arrivals() {
        this(new SourceSample(SOURCES));
    }

    private Arrivals(SourceSample sources) {
        this.sources = sources;
    }

    public long packets() {
        return packets;
    }

    /** Bytes on the wire. */
    public long bytes() {
        return bytes;
    }

    /** Stream time of the first packet that has a record, microseconds; {@link Long#MAX_VALUE} where none has. */
    public long first() {
        return first;
    }

    /** Stream time of the latest packet that has a record; {@link Long#MIN_VALUE} where none has. */
    public long last() {
        return last;
    }

    /** Lowest frame number; {@link Long#MAX_VALUE} where no packet has a record. */
    public long frame() {
        return frame;
    }

    public SourceSample sources() {
        return sources;
    }

    void packet(long high, long low, long length, long time, long frameNumber) {
        packets++;
        bytes += length;
        first = Math.min(first, time);
        last = Math.max(last, time);
        frame = Math.min(frame, frameNumber);
        sources.add(high, low, 1);
    }

    public void volume(long high, long low, long morePackets, long moreBytes) {
        packets += morePackets;
        bytes += moreBytes;
        sources.add(high, low, morePackets);
    }

    void merge(Arrivals other) {
        packets += other.packets;
        bytes += other.bytes;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        frame = Math.min(frame, other.frame);
        sources.merge(other.sources);
    }

    /** Adds what another sensor saw, and tells how much of it is the same: see {@link SourceSample#combine}. */
    public Overlap combine(Arrivals other) {
        Overlap overlap = sources.combine(other.sources);
        packets = overlap.combine(packets, other.packets);
        bytes = overlap.combine(bytes, other.bytes);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        frame = Math.min(frame, other.frame);
        return overlap;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeLong(first);
        out.writeLong(last);
        out.writeLong(frame);
        sources.write(out);
    }

    static Arrivals read(DataInput in) throws IOException {
        long packets = in.readLong();
        long bytes = in.readLong();
        long first = in.readLong();
        long last = in.readLong();
        long frame = in.readLong();
        Arrivals arrivals = new Arrivals(SourceSample.read(in, SOURCES));
        arrivals.packets = packets;
        arrivals.bytes = bytes;
        arrivals.first = first;
        arrivals.last = last;
        arrivals.frame = frame;
        return arrivals;
    }
}
