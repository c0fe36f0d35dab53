package io.tripline.sensor.publish;

import org.jspecify.annotations.Nullable;

/** An encoded batch on its way. Only the publishing thread touches what changes. */
final class Outgoing {
    /** Any partition will do. */
    static final int ANY = -1;

    /** Where a batch is on its way. */
    enum State {
        /** Not handed to the destination, or given back by it. */
        WAITING,
        SENT,
        /** Published, or given up and counted. */
        DONE
    }

    final String sensor;

    /** Packets that it tells of. */
    final long packets;

    /** Discarded packets that it tells of. */
    final long discarded;

    /** Packets lost in the capture that it tells of. */
    final long dropped;

    /** Single-object encoding. */
    final byte[] bytes;

    /** Its number at the sensor, from which the partition follows where any will do. */
    final long sequence;

    /**
     * Where it goes; {@link #ANY} until that is chosen. Then it stays, so that who reads a batch twice finds it twice
     * in one partition.
     */
    int partition;

    final boolean heartbeat;
    State state = State.WAITING;

    /** Where it ends in the spool; null where it is not in there. */
    Spool.@Nullable Position position;

    /** The wall clock when it was handed over last, microseconds. */
    long sentMicros;

    /** The monotonic clock when it was handed over last, nanoseconds. */
    long sentNanos;

    Outgoing(
            String sensor,
            long packets,
            long discarded,
            long dropped,
            byte[] bytes,
            long sequence,
            int partition,
            boolean heartbeat) {
        this.sensor = sensor;
        this.packets = packets;
        this.discarded = discarded;
        this.dropped = dropped;
        this.bytes = bytes;
        this.sequence = sequence;
        this.partition = partition;
        this.heartbeat = heartbeat;
    }
}
