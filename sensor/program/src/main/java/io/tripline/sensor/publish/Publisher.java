package io.tripline.sensor.publish;

import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches from the capture threads and sees to it that each is published, lies in the spool, or is counted as
 * discarded. One thread does all of it.
 *
 * <p>As long as the destination keeps up, batches go to it directly. When it is away or too slow, what is on its way is
 * written to the spool and every later batch behind it; the spool is drained in order, and nothing overtakes it.
 * Batches on their way stay with the client, which sends each once, however long that takes: they are not sent a second
 * time from the spool unless the client gives them back. Heartbeats that are numbered go the same way: one that was
 * thrown away would leave a gap, and the job would tell of a lost batch.
 */
public final class Publisher implements AutoCloseable {
    /** Records and volumes that may wait, about 180 bytes each. */
    private static final int WAITING = 250_000;

    /** After this the destination counts as away, nanoseconds. */
    private static final long STALL = TimeUnit.SECONDS.toNanos(3);

    private static final long TICK_MILLIS = 20;
    private static final int DRAINED_AT_ONCE = 64;

    /** Partitions that all hear each heartbeat. */
    private static final int BEATEN_AT_ONCE = 12;

    /**
     * With more, a job that has just begun would judge before it has heard of all sensors in every partition, for which
     * it waits two seconds.
     */
    private static final int MOST_TURNS = 3;

    private final Destination destination;
    private final @Nullable Spool spool;
    private final Ledger ledger;
    private final BrokerClock brokerClock;
    private final Notices notices;
    private final PublishCounts counts = new PublishCounts();
    private final BatchQueue queue;
    private final Flight flight;
    private final Envelopes envelopes;
    private final Map<String, Integer> beats = new HashMap<>();
    private final Thread thread;
    private volatile boolean spooling;
    private volatile boolean closing;
    private volatile long deadline;
    private volatile long turnedAt = System.nanoTime();
    private volatile @Nullable Throwable failure;

    /**
     * A publisher that has to be started.
     *
     * @param spool null where batches wait in memory alone
     */
    Publisher(
            Destination destination,
            @Nullable Spool spool,
            Ledger ledger,
            BrokerClock brokerClock,
            WallClock clock,
            Notices notices) {
        this(destination, spool, ledger, brokerClock, clock, notices, WAITING);
    }

    Publisher(
            Destination destination,
            @Nullable Spool spool,
            Ledger ledger,
            BrokerClock brokerClock,
            WallClock clock,
            Notices notices,
            int waiting) {
        this.destination = destination;
        this.spool = spool;
        this.ledger = ledger;
        this.brokerClock = brokerClock;
        this.notices = notices;
        queue = new BatchQueue(waiting);
        flight = new Flight(destination, clock, queue::wake);
        envelopes = new Envelopes(ledger);
        spooling = spool != null && !spool.isRead();
        thread = new Thread(this::run, "tripline-publish");
        thread.setDaemon(true);
    }

    /** Begins to publish. */
    public void start() {
        thread.start();
    }

    /** Takes a batch of a live capture; never waits. Where there is no room its packets are counted as discarded. */
    public void offer(PacketBatch batch) {
        if (!queue.offer(batch)) {
            ledger.account(batch.getSensor()).discard(batch.getPackets(), batch.getDropped());
            counts.discarded();
            notices.tell("queue", "the publisher's queue is full; discarding batches");
        }
    }

    /**
     * Takes a batch of a capture that does not run away; waits for room.
     *
     * @throws InterruptedException when interrupted, or when publishing has ended
     */
    public void put(PacketBatch batch) throws InterruptedException {
        queue.put(batch);
    }

    private void run() {
        try {
            while (!step()) {
                flight.retry();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | IOException e) {
            failure = e;
            notices.tell("publisher", "publishing ended: " + e);
        } finally {
            queue.close();
        }
    }

    /** Whether all is done. */
    private boolean step() throws InterruptedException, IOException {
        turnedAt = System.nanoTime();
        settle();
        Spool disk = spool;
        if (disk != null) {
            if (!spooling && (flight.isHeldUp() || flight.isFull() || flight.age() > STALL)) {
                beginSpooling(disk);
            }
            if (spooling) {
                drain(disk);
            }
        }
        if (disk == null && flight.age() > STALL) {
            notices.tell(
                    "away",
                    "batches are queued: no response from the destination for three seconds"
                            + (counts.reason().isEmpty() ? "" : ": " + counts.reason()));
        }
        boolean room = spooling || !(flight.isFull() || flight.isHeldUp());
        if (!room) {
            queue.rest(TICK_MILLIS);
        } else {
            PacketBatch batch = queue.poll(TICK_MILLIS);
            for (int i = 0; batch != null; i++) {
                take(batch);
                batch = i < DRAINED_AT_ONCE && !flight.isFull() && !flight.isHeldUp() ? queue.poll(0) : null;
            }
        }
        if (!closing) {
            return false;
        }
        boolean late = System.nanoTime() - deadline > 0;
        boolean published = queue.size() == 0 && flight.isEmpty() && !spooling;
        return published || late || (queue.size() == 0 && spooling && (flight.isHeldUp() || flight.age() > STALL));
    }

    private void take(PacketBatch batch) throws IOException {
        boolean heartbeat = batch.getPackets() == 0;
        if (heartbeat && spooling && batch.getDropped() == 0 && !batch.getEnding()) {
            return; // drained batches tell the time
        }
        if (heartbeat && !spooling) {
            beat(batch);
            return;
        }
        Spool disk = spool;
        Outgoing outgoing = envelopes.wrap(batch, spooling && disk != null);
        if (spooling && disk != null) {
            keep(disk, outgoing);
        } else {
            flight.send(outgoing);
        }
    }

    /**
     * Sends a heartbeat to every partition, or where there are many to every second or third, by turns: each partition
     * hears from the sensor every half, whole or one and a half seconds.
     */
    private void beat(PacketBatch batch) throws IOException {
        int partitions = destination.partitions();
        if (partitions == 0) {
            ledger.account(batch.getSensor()).discard(0, batch.getDropped());
            return;
        }
        int turns = batch.getEnding() ? 1 : Math.min(MOST_TURNS, (partitions + BEATEN_AT_ONCE - 1) / BEATEN_AT_ONCE);
        int turn = beats.merge(batch.getSensor(), 1, Integer::sum) % turns;
        for (int partition = turn; partition < partitions; partition += turns) {
            flight.send(envelopes.heartbeat(batch, partition));
        }
    }

    private void beginSpooling(Spool disk) {
        spooling = true;
        notices.tell("away", "batches go to the spool" + (counts.reason().isEmpty() ? "" : ": " + counts.reason()));
        for (Outgoing batch : flight.unsettled()) {
            if (disk.append(batch)) {
                counts.spooled.incrementAndGet();
            }
        }
        disk.skipToEnd();
    }

    private void keep(Spool disk, Outgoing batch) {
        if (disk.append(batch)) {
            counts.spooled.incrementAndGet();
        } else {
            envelopes.giveBack(batch);
            discard(batch);
        }
    }

    private void drain(Spool disk) {
        for (int i = 0; i < DRAINED_AT_ONCE && !flight.isFull() && !flight.isHeldUp(); i++) {
            Outgoing batch = disk.next();
            if (batch == null) {
                break;
            }
            flight.send(batch);
        }
        if (disk.isRead() && flight.isEmpty()) {
            spooling = false;
            notices.over("away", "the spool is published; batches go out directly again");
        }
    }

    private void settle() {
        for (Flight.Report report = flight.poll(); report != null; report = flight.poll()) {
            Outgoing batch = report.batch();
            if (report.failure() == null) {
                ledger.account(batch.sensor).publish(batch);
                counts.acknowledged(batch);
                if (report.appended() >= 0 && batch.heartbeat) {
                    brokerClock.measured(batch.sentMicros, report.acked(), report.appended());
                }
                flight.done(batch, this::leave);
                continue;
            }
            counts.failed(report.reason());
            notices.tell("publish", "cannot publish: " + report.reason());
            if (report.failure() == Destination.Failure.REFUSED) {
                discard(batch);
                flight.done(batch, this::leave);
            } else {
                flight.again(batch);
            }
        }
    }

    private void leave(Outgoing batch) {
        Spool.Position position = batch.position;
        if (spool != null && position != null) {
            spool.consumed(position);
        }
    }

    private void discard(Outgoing batch) {
        Account account = ledger.account(batch.sensor);
        account.giveBack(batch);
        account.discard(batch.packets, 0);
        if (batch.packets > 0) {
            counts.discarded();
        }
    }

    /** What was done so far. */
    public PublishCounts counts() {
        return counts;
    }

    /** The accounts of this process's sensors. */
    public Ledger ledger() {
        return ledger;
    }

    /** How far this machine's clock is off. */
    public BrokerClock brokerClock() {
        return brokerClock;
    }

    /** Batches that wait in memory. */
    public int waiting() {
        return queue.size();
    }

    /** Bytes on disk. */
    public long spoolBytes() {
        return spool == null ? 0 : spool.bytes();
    }

    /** Capacity of the spool; 0 where there is none. */
    public long spoolCapacity() {
        return spool == null ? 0 : spool.capacity();
    }

    /** Whether batches go through the spool now. */
    public boolean isSpooling() {
        return spooling;
    }

    /**
     * Seconds since the publishing thread last began a turn, of which it takes fifty in a second; 0 where it was not
     * started.
     */
    public double secondsSinceTurn() {
        return thread.isAlive() ? (System.nanoTime() - turnedAt) / 1e9 : 0;
    }

    /** What ended publishing; null as long as it goes on, and where it was closed. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Ends as {@link #close(Duration)} does within ten seconds. */
    @Override
    public void close() throws IOException {
        close(Duration.ofSeconds(10));
    }

    /**
     * Publishes what waits, as far as it can within the time; what is left goes to the spool, and is counted as
     * discarded where there is none.
     *
     * @return how many packets are neither published nor in the spool
     */
    public long close(Duration patience) throws IOException {
        deadline = System.nanoTime() + patience.toNanos();
        closing = true;
        queue.wake();
        boolean interrupted = join();
        queue.close();
        long lost = 0;
        destination.close(Duration.ofSeconds(1));
        settle();
        for (Outgoing batch : flight.unsettled()) {
            if (batch.position == null) {
                lost += rescue(batch);
            }
        }
        for (PacketBatch batch = pollQuietly(); batch != null; batch = pollQuietly()) {
            if (batch.getPackets() > 0) {
                lost += rescue(envelopes.wrap(batch, spool != null));
            }
        }
        if (spool != null) {
            spool.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return lost;
    }

    /** Packets that are lost with a batch. */
    private long rescue(Outgoing batch) {
        if (spool != null && spool.append(batch)) {
            counts.spooled.incrementAndGet();
            return 0;
        }
        discard(batch);
        return batch.packets;
    }

    private @Nullable PacketBatch pollQuietly() {
        try {
            return queue.poll(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private boolean join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        return interrupted;
    }
}
