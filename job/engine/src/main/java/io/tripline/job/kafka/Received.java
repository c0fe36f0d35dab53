package io.tripline.job.kafka;

import io.tripline.schemas.PacketBatch;

/** What became of a record of the packets' topic. */
public sealed interface Received {
    /** When the broker took it, milliseconds since 1970 UTC. */
    long appended();

    /** Where it lies in the topic. */
    int partition();

    /** Where it lies in its partition. */
    long offset();

    /** A batch that can be used. */
    record Accepted(PacketBatch batch, int partition, long offset, long appended) implements Received {}

    /**
     * No record at all: this instance reads a partition from now on. Comes before any record of that partition.
     *
     * @param offset of the first record that is to be read; negative where the client finds it out, as {@link
     *     org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit} says
     */
    record Assigned(int partition, long offset) implements Received {
        @Override
        public long appended() {
            return 0;
        }
    }

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
