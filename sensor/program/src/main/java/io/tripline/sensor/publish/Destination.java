package io.tripline.sensor.publish;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where batches go. Used by the publishing thread alone. */
interface Destination {
    /** What a batch that was not taken says about the destination. */
    enum Failure {
        /** It is away: the same batch may be tried again. */
        AWAY,
        /** It will never take this batch. */
        REFUSED
    }

    /** What became of a batch; called once for each, on any thread. */
    @FunctionalInterface
    interface Outcome {
        /**
         * Tells it.
         *
         * @param appended the destination's clock when it took the batch, milliseconds since the epoch; below 0 where
         *     unknown
         * @param failure null where the batch is safe
         * @param reason of the failure, for a person
         */
        void of(Outgoing batch, long appended, @Nullable Failure failure, String reason);
    }

    /** How many partitions each need a heartbeat; 0 where that is not known now. */
    int partitions();

    /** Begins to send a batch; returns soon. */
    void send(Outgoing batch, Outcome outcome);

    /** Gives up on whatever cannot be sent within the time. */
    void close(Duration patience) throws IOException;
}
