package io.tripline.rules.ratelimit;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.ratelimit.Limit.Count;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which limit was passed, and how far.
 *
 * @param limit its name
 * @param count what it counts
 * @param above so many are allowed
 * @param windowSeconds within this time
 * @param network whose packets count together; a network of one where each address counts alone
 * @param severity as it is set for the limit
 * @param seen in the busiest window
 * @param busiestEnd when that ended, stream time in microseconds
 * @param top targets to which most went, with how much, the first first
 */
public record LimitEvidence(
        String limit,
        Count count,
        long above,
        int windowSeconds,
        Prefix network,
        Severity severity,
        long seen,
        long busiestEnd,
        List<Top> top)
        implements Detail.OfNetwork {
    public static final Kind KIND = new Kind(60, LimitEvidence::read);

    /** Targets told. */
    static final int TOP = 5;

    /** How much went to a target. */
    public record Top(Address target, long count) {}

    public LimitEvidence {
        top = List.copyOf(top);
    }

    @Override
    public int code() {
        return KIND.code();
    }

    /** This evidence with what went where until now. */
    LimitEvidence with(List<Top> targets) {
        return new LimitEvidence(limit, count, above, windowSeconds, network, severity, seen, busiestEnd, targets);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(limit, out);
        Stored.writeName(count, out);
        out.writeLong(above);
        out.writeInt(windowSeconds);
        out.writeLong(network.network().high());
        out.writeLong(network.network().low());
        out.writeByte(network.length());
        Stored.writeName(severity, out);
        out.writeLong(seen);
        out.writeLong(busiestEnd);
        out.writeInt(top.size());
        for (Top target : top) {
            out.writeLong(target.target.high());
            out.writeLong(target.target.low());
            out.writeLong(target.count);
        }
    }

    static LimitEvidence read(DataInput in) throws IOException {
        LimitEvidence read = new LimitEvidence(
                Stored.readText(in),
                Stored.readName(Count.class, in),
                in.readLong(),
                in.readInt(),
                new Prefix(new Address(in.readLong(), in.readLong()), in.readUnsignedByte()),
                Stored.readName(Severity.class, in),
                in.readLong(),
                in.readLong(),
                List.of());
        List<Top> top = new ArrayList<>();
        for (int i = Stored.readSize(in, TOP, "targets"); i > 0; i--) {
            top.add(new Top(new Address(in.readLong(), in.readLong()), in.readLong()));
        }
        return read.with(top);
    }
}
