package io.tripline.job.kafka;

import io.tripline.schemas.PacketBatch;

/** What became of a record of the packets' topic. */
public sealed interface Received {
    /** When the broker took it, milliseconds since 1970 UTC. */
    long appended();

    /** A batch that can be used. */
    record Accepted(PacketBatch batch, long appended) implements Received {}

    /**
     * A record that cannot be used.
     *
     * @param reason in lower case with dashes; there are few of them, so that they can be counted
     * @param detail more for people, one line
     * @param sensor as the record's header says; empty where it says nothing
     * @param size bytes of its value
     * @param head its first bytes, hexadecimal
     */
    record Rejected(
            String reason,
            String detail,
            String topic,
            int partition,
            long offset,
            long appended,
            String sensor,
            int size,
            String head)
            implements Received {}
}
