package io.tripline.rules.probe;

import io.tripline.rules.sketch.Overlap;
import io.tripline.schemas.Volume;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Conversations with a login service that ended, and what they carried besides opening and closing. Sums, so that parts add up in any order.
 *
 * <p>A conversation is closed by one side or by both, so that {@link #ended} counts from below: never more than there were.
 *
 * <p>Whether two sensors saw the same conversations is told by the clients' ports, each a bit of 64 by its hash: exact where they saw the same ones, and
 * counted from below where they saw different ones.
 */
public final class Sessions {
    private long closedByClient;
    private long closedByServer;
    private long hungUp;
    private long packetsOut;
    private long bytesOut;
    private long packetsIn;
    private long bytesIn;
    private long ports;

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

    void closed(boolean byClient, boolean first, int clientPort) {
        note(clientPort);
        hungUp += first && !byClient ? 1 : 0;
        closedByClient += byClient ? 1 : 0;
        closedByServer += byClient ? 0 : 1;
    }

    void carried(Volume volume) {
        note(volume.getInitiatorPort());
        packetsOut += volume.getPacketsOut();
        bytesOut += volume.getBytesOut();
        packetsIn += volume.getPacketsIn();
        bytesIn += volume.getBytesIn();
    }

    private void note(int clientPort) {
        ports |= 1L << ((clientPort * 0x9e37_79b9) >>> 26);
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
        ports |= other.ports;
    }

    /** Adds what another sensor saw, which may be the same conversations, others, or some of each. */
    void combine(Sessions other) {
        Overlap overlap =
                Overlap.of(Long.bitCount(ports & other.ports), Long.bitCount(ports), Long.bitCount(other.ports));
        closedByClient = overlap.combine(closedByClient, other.closedByClient);
        closedByServer = overlap.combine(closedByServer, other.closedByServer);
        hungUp = overlap.combine(hungUp, other.hungUp);
        packetsOut = overlap.combine(packetsOut, other.packetsOut);
        bytesOut = overlap.combine(bytesOut, other.bytesOut);
        packetsIn = overlap.combine(packetsIn, other.packetsIn);
        bytesIn = overlap.combine(bytesIn, other.bytesIn);
        ports |= other.ports;
    }

    public void write(DataOutput out) throws IOException {
        for (long value :
                new long[] {closedByClient, closedByServer, hungUp, packetsOut, bytesOut, packetsIn, bytesIn, ports}) {
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
        sessions.ports = in.readLong();
        return sessions;
    }
}
