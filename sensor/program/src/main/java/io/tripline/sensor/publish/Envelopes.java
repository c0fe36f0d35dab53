package io.tripline.sensor.publish;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes what is sent of a batch: numbers it, lets it tell what was discarded, encodes it. A number is given only to
 * what is really sent or spooled, so that a gap means a lost batch.
 */
final class Envelopes {
    private final Ledger ledger;
    private final Map<String, Long> sequences = new HashMap<>();

    Envelopes(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A batch for any partition.
     *
     * @param spooled whether it goes by way of the spool
     */
    Outgoing wrap(PacketBatch batch, boolean spooled) throws IOException {
        batch.setSpooled(spooled);
        return of(batch, Outgoing.ANY, false);
    }

    /**
     * Gives back the number of the last batch made, which nobody took: what it held is told as discarded, and need not
     * be missed besides.
     */
    void giveBack(Outgoing last) {
        sequences.merge(last.sensor, -1L, Long::sum);
    }

    /** One partition's copy of a heartbeat; what it counts is told in one of them only. */
    Outgoing heartbeat(PacketBatch batch, int partition) throws IOException {
        Outgoing outgoing = of(batch, partition, true);
        batch.setDropped(0);
        batch.setOutOfOrder(0);
        batch.setEvicted(0);
        return outgoing;
    }

    private Outgoing of(PacketBatch batch, int partition, boolean heartbeat) throws IOException {
        String sensor = batch.getSensor();
        Account account = ledger.account(sensor);
        long sequence = sequences.merge(sensor, 1L, Long::sum) - 1;
        batch.setSequence(sequence);
        batch.setDiscarded(account.takeUntold());
        batch.setDropped(batch.getDropped() + account.takeLostDrops());
        ByteBuffer encoded = BatchEncoding.encode(batch);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return new Outgoing(
                sensor,
                batch.getPackets(),
                batch.getDiscarded(),
                batch.getDropped(),
                bytes,
                sequence,
                partition,
                heartbeat);
    }
}
