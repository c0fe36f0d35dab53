package io.tripline.rules.sensor;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.PacketBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a live sensor told of itself in one minute, besides what it saw. Files tell nothing of the kind. */
public final class SensorMinute {
    private long heard;
    private long run;
    private String version = "";
    private long discarded;
    private long clockOffset;
    private boolean spooled;

    public SensorMinute() {}

    public void add(PacketBatch batch) {
        if (batch.getSentAt() == 0) {
            return;
        }
        SensorMinute one = new SensorMinute();
        one.heard = batch.getNewest() - batch.getClockShift();
        one.run = batch.getRun();
        one.version = batch.getVersion();
        one.discarded = batch.getDiscarded();
        one.clockOffset = batch.getClockOffset();
        one.spooled = batch.getSpooled();
        merge(one);
    }

    public void merge(SensorMinute other) {
        if (version.isEmpty() || (other.run > run && !other.version.isEmpty())) {
            version = other.version;
        }
        heard = Math.max(heard, other.heard);
        run = Math.max(run, other.run);
        discarded += other.discarded;
        clockOffset = SensorSecond.farther(clockOffset, other.clockOffset);
        spooled |= other.spooled;
    }

    /** Whether it was heard at all. */
    public boolean isLive() {
        return heard > 0;
    }

    /** Capture time that it had reached, microseconds. */
    public long heard() {
        return heard;
    }

    /** When its latest run began, microseconds. */
    public long run() {
        return run;
    }

    /** Version of its program; empty where it did not say. */
    public String version() {
        return version;
    }

    /** Packets that it captured and had to throw away. */
    public long discarded() {
        return discarded;
    }

    /** How far its clock was ahead of the brokers', negative where behind, the farthest, microseconds; 0 where nothing was measured. */
    public long clockOffset() {
        return clockOffset;
    }

    /** Whether any of it waited in its spool. */
    public boolean spooled() {
        return spooled;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(heard);
        out.writeLong(run);
        Stored.writeText(version, out);
        out.writeLong(discarded);
        out.writeLong(clockOffset);
        out.writeBoolean(spooled);
    }

    public static SensorMinute read(DataInput in) throws IOException {
        SensorMinute read = new SensorMinute();
        read.heard = in.readLong();
        read.run = in.readLong();
        read.version = Stored.readText(in);
        read.discarded = in.readLong();
        read.clockOffset = in.readLong();
        read.spooled = in.readBoolean();
        return read;
    }
}
