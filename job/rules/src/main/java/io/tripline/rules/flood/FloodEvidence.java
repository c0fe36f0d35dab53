package io.tripline.rules.flood;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.flood.FloodRule.Sign;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a flood has to say besides what all findings have.
 *
 * @param kind what it consists of
 * @param sign how plainly it shows itself
 * @param peakPerSecond packets in its busiest second
 * @param usualPerSecond the target's own median before; negative where not known
 * @param usualSeconds over how long that was taken
 * @param halfOpenPercent of the TCP handshakes begun, how many were not completed
 * @param spoofed whether source addresses are many and were used once: they are false
 * @param singlePercent of the sources, how many sent one packet only
 * @param counts what else was counted at the target while it went on
 */
public record FloodEvidence(
        Arrivals.Kind kind,
        Sign sign,
        long peakPerSecond,
        long usualPerSecond,
        long usualSeconds,
        long halfOpenPercent,
        boolean spoofed,
        int singlePercent,
        SortedMap<Count, Long> counts)
        implements Detail {
    public static final Detail.Kind KIND = new Detail.Kind(20, FloodEvidence::read);

    @Override
    public int code() {
        return KIND.code();
    }

    /** Whether the target's history is too short to say what is usual there. */
    public boolean coldStart() {
        return usualPerSecond < 0;
    }

    /** Whether an ordinary cause fits as well. */
    public boolean doubtful() {
        return sign == Sign.DOUBTFUL;
    }

    /** Whether it is slower than what overwhelms a server. */
    public boolean persistentOnly() {
        return sign == Sign.PERSISTENT;
    }

    public long count(Count of) {
        return counts.getOrDefault(of, 0L);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeName(kind, out);
        Stored.writeName(sign, out);
        out.writeLong(peakPerSecond);
        out.writeLong(usualPerSecond);
        out.writeLong(usualSeconds);
        out.writeLong(halfOpenPercent);
        out.writeBoolean(spoofed);
        out.writeInt(singlePercent);
        writeCounts(counts, out);
    }

    public static FloodEvidence read(DataInput in) throws IOException {
        return new FloodEvidence(
                Stored.readName(Arrivals.Kind.class, in),
                Stored.readName(Sign.class, in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readInt(),
                readCounts(in));
    }

    static void writeCounts(SortedMap<Count, Long> counts, DataOutput out) throws IOException {
        out.writeInt(counts.size());
        for (Map.Entry<Count, Long> count : counts.entrySet()) {
            Stored.writeName(count.getKey(), out);
            out.writeLong(count.getValue());
        }
    }

    static SortedMap<Count, Long> readCounts(DataInput in) throws IOException {
        SortedMap<Count, Long> counts = new TreeMap<>();
        for (int i = Stored.readSize(in, Count.values().length, "counts"); i > 0; i--) {
            counts.put(Stored.readName(Count.class, in), in.readLong());
        }
        return counts;
    }
}
