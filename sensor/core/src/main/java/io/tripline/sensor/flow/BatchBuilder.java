package io.tripline.sensor.flow;

import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Volume;
import io.tripline.sensor.decode.PacketView;
import io.tripline.sensor.decode.Unread;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Collects one batch after another. A batch that was handed over is never touched again.
 *
 * <p>A conversation remembers where in the batch its volume stands, so adding to it needs no look-up.
 */
final class BatchBuilder {
    /**
     * Closes a batch of packets that add nothing but volume to few conversations, also where the capture's clock
     * stands still.
     */
    private static final int MOST_PACKETS = 1 << 16;

    /** A volume's reference is the batch's sequence number above its index in the batch. */
    private static final int INDEX_BITS = 16;

    private final SensorSettings settings;
    private final StreamClock clock;
    private final FlowTable table;
    private final AnswerVisibility visibility;
    private final Consumer<PacketBatch> sink;
    private final long span;
    private final ProtocolTotals protocols = new ProtocolTotals();
    private final UnreadTotals unread = new UnreadTotals();

    private ArrayList<PacketRecord> records = new ArrayList<>();
    private ArrayList<Volume> volumes = new ArrayList<>();
    private long sequence;
    private long time;
    private long second;
    private long firstFrame;
    private long packets;
    private long bytes;
    private long newest;
    private long shift;
    private long dropped;
    private long outOfOrder;
    private long outOfOrderTold;
    private long evictedTold;

    BatchBuilder(
            SensorSettings settings,
            StreamClock clock,
            FlowTable table,
            AnswerVisibility visibility,
            Consumer<PacketBatch> sink) {
        this.settings = settings;
        this.clock = clock;
        this.table = table;
        this.visibility = visibility;
        this.sink = sink;
        this.span = Math.max(1, settings.batchSpan().toNanos() / 1_000);
    }

    /** Counts the next packet, in a new batch where the current one is full, too long or of another second. */
    void admit(PacketView view, long packetTime, long frame) {
        if (packets > 0 && (packetTime - time >= span || packetTime / StreamClock.SECOND != second || full())) {
            close();
        }
        if (packets == 0) {
            time = packetTime;
            second = packetTime / StreamClock.SECOND;
            firstFrame = frame;
            visibility.age(clock.newest());
        }
        newest = clock.newest();
        shift = clock.shift();
        outOfOrder = clock.outOfOrder();
        int length = Math.max(0, view.length);
        packets++;
        bytes += length;
        Unread reason = view.unread;
        if (reason == null) {
            protocols.add(view, length);
        } else {
            unread.add(reason, length);
        }
    }

    /** Adds a record of the packet admitted last. */
    void record(PacketView view, Verdict verdict, long packetTime, long frame) {
        records.add(Records.record(view, verdict, packetTime - time, (int) (frame - firstFrame)));
    }

    /** Adds the packet admitted last to its conversation's volume. */
    void volume(PacketView view, Flow flow, boolean fromInitiator) {
        long reference = flow.volume();
        Volume volume;
        if (reference >>> INDEX_BITS == sequence) {
            volume = volumes.get((int) reference & 0xffff);
        } else {
            flow.volume((sequence << INDEX_BITS) | volumes.size());
            volume = Records.volume(view, fromInitiator);
            volumes.add(volume);
        }
        int length = Math.max(0, view.length);
        if (fromInitiator) {
            volume.setPacketsOut(volume.getPacketsOut() + 1);
            volume.setBytesOut(volume.getBytesOut() + length);
        } else {
            volume.setPacketsIn(volume.getPacketsIn() + 1);
            volume.setBytesIn(volume.getBytesIn() + length);
        }
    }

    void dropped(long count) {
        dropped += count;
    }

    private boolean full() {
        return records.size() + volumes.size() >= settings.batchEntries()
                || packets >= MOST_PACKETS
                || protocols.full();
    }

    /** Hands over what has come together if its first packet is as old as a batch may be. */
    void closeIfOpenSince(long now) {
        if (packets > 0 && now - time >= span) {
            close();
        }
    }

    /** Hands over a batch without packets. */
    void heartbeat() {
        newest = Math.max(0, clock.newest());
        shift = clock.shift();
        give();
    }

    /** Hands over what has come together, if anything has. */
    void close() {
        if (packets > 0 || dropped > 0) {
            give();
        }
    }

    private void give() {
        PacketBatch batch = new PacketBatch();
        batch.setSensor(settings.sensor());
        batch.setSegment(settings.segment());
        batch.setVersion("");
        batch.setSequence(sequence++);
        batch.setTime(packets == 0 ? Math.max(0, newest) : time);
        batch.setNewest(newest);
        batch.setClockShift(shift);
        batch.setClockCorrection(clock.correction());
        batch.setFirstFrame(firstFrame);
        batch.setPackets(packets);
        batch.setBytes(bytes);
        batch.setDropped(dropped);
        batch.setOutOfOrder(outOfOrder - outOfOrderTold);
        batch.setEvicted(table.evicted() - evictedTold);
        batch.setAnswersVisible(visibility.answersVisible());
        batch.setProtocols(protocols.take());
        batch.setUnread(unread.take());
        batch.setRecords(records);
        batch.setVolumes(volumes);
        outOfOrderTold = outOfOrder;
        evictedTold = table.evicted();
        records = new ArrayList<>(records.size());
        volumes = new ArrayList<>(volumes.size());
        packets = 0;
        bytes = 0;
        dropped = 0;
        sink.accept(batch);
    }
}
