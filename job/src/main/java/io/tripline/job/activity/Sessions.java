package io.tripline.job.activity;

import io.tripline.schemas.Volume;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Conversations with a login service that ended, and what they carried besides opening and closing. Sums, so that parts add up in any order.
 *
 * <p>A conversation is closed by one side or by both, so that {@link #ended} counts from below: never more than there were.
 */
public final class Sessions {
    private long closedByClient;
    private long closedByServer;
    private long hungUp;
    private long packetsOut;
    private long bytesOut;
    private long packetsIn;
    private long bytesIn;

    /** Conversations that ended. */
    public long ended() {
        return Math.max(closedByClient, closedByServer);
    }

    /** Those of them that the server ended before the client did. */
    public long hungUp() {
        return hungUp;
    }

    /** Packets from the client besides those that open and close. */
    public long packetsOut() {
        return packetsOut;
    }

    /** Bytes on the wire of these. */
    public long bytesOut() {
        return bytesOut;
    }

    /** Bytes on the wire from the server, likewise. */
    public long bytesIn() {
        return bytesIn;
    }

    void closed(boolean byClient, boolean first) {
        hungUp += first && !byClient ? 1 : 0;
        closedByClient += byClient ? 1 : 0;
        closedByServer += byClient ? 0 : 1;
    }

    void carried(Volume volume) {
        packetsOut += volume.getPacketsOut();
        bytesOut += volume.getBytesOut();
        packetsIn += volume.getPacketsIn();
        bytesIn += volume.getBytesIn();
    }

    /** Adds others. */
    public void add(Sessions other) {
        closedByClient += other.closedByClient;
        closedByServer += other.closedByServer;
        hungUp += other.hungUp;
        packetsOut += other.packetsOut;
        bytesOut += other.bytesOut;
        packetsIn += other.packetsIn;
        bytesIn += other.bytesIn;
    }

    /** Takes the larger of each count of another sensor, which may have seen the same conversations. */
    void combine(Sessions other) {
        closedByClient = Math.max(closedByClient, other.closedByClient);
        closedByServer = Math.max(closedByServer, other.closedByServer);
        hungUp = Math.max(hungUp, other.hungUp);
        packetsOut = Math.max(packetsOut, other.packetsOut);
        bytesOut = Math.max(bytesOut, other.bytesOut);
        packetsIn = Math.max(packetsIn, other.packetsIn);
        bytesIn = Math.max(bytesIn, other.bytesIn);
    }

    public void write(DataOutput out) throws IOException {
        for (long value :
                new long[] {closedByClient, closedByServer, hungUp, packetsOut, bytesOut, packetsIn, bytesIn}) {
            out.writeLong(value);
        }
    }

    public static Sessions read(DataInput in) throws IOException {
        Sessions sessions = new Sessions();
        sessions.closedByClient = in.readLong();
        sessions.closedByServer = in.readLong();
        sessions.hungUp = in.readLong();
        sessions.packetsOut = in.readLong();
        sessions.bytesOut = in.readLong();
        sessions.packetsIn = in.readLong();
        sessions.bytesIn = in.readLong();
        return sessions;
    }
}
