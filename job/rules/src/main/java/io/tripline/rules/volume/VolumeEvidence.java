package io.tripline.rules.volume;

import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much a source moved in its busiest minute, and what it was compared with.
 *
 * @param packets packets that it sent in conversations of its own
 * @param bytes bytes on the wire of these
 * @param inBytes whether bytes decided, rather than packets
 * @param total whether it only passed a limit of packets in all
 * @param own median of its active minutes before, in packets or bytes
 * @param ownMinutes how many of these were known
 * @param others how many other sources there were in that minute
 * @param othersMedian median of what these sent, in packets or bytes
 */
public record VolumeEvidence(
        long packets,
        long bytes,
        boolean inBytes,
        boolean total,
        long own,
        int ownMinutes,
        int others,
        long othersMedian)
        implements Detail {
    public static final Kind KIND = new Kind(40, VolumeEvidence::read);

    /** What was compared, packets or bytes. */
    public long moved() {
        return inBytes ? bytes : packets;
    }

    /** How many times its own median; 0 where too little is known of it. */
    public long timesOwn() {
        return ownMinutes == 0 ? 0 : moved() / Math.max(1, own);
    }

    /** How many times the median of others; 0 where there were too few. */
    public long timesOthers() {
        return others == 0 ? 0 : moved() / Math.max(1, othersMedian);
    }

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeBoolean(inBytes);
        out.writeBoolean(total);
        out.writeLong(own);
        out.writeInt(ownMinutes);
        out.writeInt(others);
        out.writeLong(othersMedian);
    }

    public static VolumeEvidence read(DataInput in) throws IOException {
        return new VolumeEvidence(
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readLong());
    }
}
