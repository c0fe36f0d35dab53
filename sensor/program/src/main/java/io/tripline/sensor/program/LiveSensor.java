package io.tripline.sensor.program;

import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.UnreadTotal;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.live.CaptureFailure;
import io.tripline.sensor.capture.live.LiveInterface;
import io.tripline.sensor.capture.live.LiveSettings;
import io.tripline.sensor.flow.SensorSettings;
import io.tripline.sensor.publish.Account;
import io.tripline.sensor.publish.Notices;
import io.tripline.sensor.publish.Publisher;
import io.tripline.sensor.publish.WallClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One interface with its sensor, on a thread of its own: capture, decode, flow table, batches to the publisher. Never
 * waits for anything but packets. When the interface goes away it is tried again every second; until then there are no
 * heartbeats, because a sensor that sees nothing should be missed.
 */
final class LiveSensor implements Runnable {
    private static final int STEP = 1_024;
    private static final int WAIT_MILLIS = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long HEARTBEAT = TimeUnit.MILLISECONDS.toNanos(500);

    /** So much after its time a packet may still lie in a block that the kernel has not handed over, microseconds. */
    private static final long MARGIN = TimeUnit.MILLISECONDS.toMicros(4 * LiveInterface.HANDOVER_MILLIS);

    private final String name;
    private final String interfaceName;
    private final LiveSettings settings;
    private final Publisher publisher;
    private final WallClock clock;
    private final Notices notices;
    private final Stop stop;
    private final Account account;
    private final Stamp stamp;
    private final Sensor sensor;
    private final Map<String, AtomicLong> unread = new ConcurrentHashMap<>();
    private final AtomicLong evicted = new AtomicLong();
    private volatile long packets;
    private volatile long bytes;
    private volatile long kernelDrops;
    private volatile long interfaceDrops;
    private volatile boolean capturing;
    private volatile long turnedAt;
    private volatile String reason = "";
    private volatile @Nullable Exception fatal;
    private @Nullable LiveInterface first;
    private long beatAt;
    private long countAt;

    LiveSensor(
            SensorSettings sensorSettings,
            String interfaceName,
            LiveSettings settings,
            Publisher publisher,
            long run,
            WallClock clock,
            Notices notices,
            Stop stop) {
        this.name = sensorSettings.sensor();
        this.interfaceName = interfaceName;
        this.settings = settings;
        this.publisher = publisher;
        this.clock = clock;
        this.notices = notices;
        this.stop = stop;
        account = publisher.ledger().account(name);
        stamp = new Stamp(run, true, publisher.brokerClock(), clock, this::pass);
        sensor = new Sensor(sensorSettings, stamp);
    }

    /** Opens the interface before the process gives up the right to. One that is down is left for later. */
    void open() throws CaptureFailure {
        try {
            first = LiveInterface.open(interfaceName, settings);
            capturing = true;
        } catch (CaptureFailure e) {
            if (e.kind() != CaptureFailure.Kind.AWAY) {
                throw e;
            }
            away(e);
        }
    }

    private void pass(PacketBatch batch) {
        evicted.addAndGet(batch.getEvicted());
        for (UnreadTotal total : batch.getUnread()) {
            unread.computeIfAbsent(total.getReason(), any -> new AtomicLong()).addAndGet(total.getPackets());
        }
        publisher.offer(batch);
    }

    @Override
    public void run() {
        try {
            LiveInterface opened = first;
            while (!stop.isAsked()) {
                turnedAt = System.nanoTime();
                capture(opened);
                opened = null;
                stop.await(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CaptureFailure | RuntimeException e) {
            fatal = e;
            stop.ask();
        } finally {
            turnedAt = 0;
            capturing = false;
            sensor.flush();
            stamp.end();
            sensor.flow().heartbeat(clock.micros());
        }
    }

    /** Captures until the interface goes away or a stop is asked for. */
    private void capture(@Nullable LiveInterface opened) throws CaptureFailure {
        try (LiveInterface in = opened == null ? LiveInterface.open(interfaceName, settings) : opened) {
            capturing = true;
            notices.over("interface " + interfaceName, interfaceName + ": capturing again");
            long kernelBefore = kernelDrops;
            long interfaceBefore = interfaceDrops;
            int quiet = 0;
            while (!stop.isAsked() || quiet == 0) {
                turnedAt = System.nanoTime();
                int given = in.read(sensor, STEP);
                account.capture(given);
                packets = sensor.packets();
                bytes = sensor.bytes();
                quiet = given == 0 ? quiet + 1 : stop.isAsked() ? 1 : 0;
                count(in, kernelBefore, interfaceBefore);
                passTime(given);
                if (given == 0 && !stop.isAsked()) {
                    in.await(WAIT_MILLIS);
                }
            }
        } catch (CaptureFailure e) {
            if (e.kind() == CaptureFailure.Kind.FORBIDDEN || e.kind() == CaptureFailure.Kind.WRONG) {
                throw e;
            }
            away(e);
        }
    }

    private void away(CaptureFailure e) {
        capturing = false;
        reason = String.valueOf(e.getMessage());
        notices.tell("interface " + interfaceName, reason + "; trying again every second");
    }

    private void count(LiveInterface in, long kernelBefore, long interfaceBefore) {
        long now = System.nanoTime();
        if (now - countAt < 0) {
            return;
        }
        countAt = now + SECOND;
        in.count();
        long lost =
                kernelBefore + in.kernelDrops() - kernelDrops + interfaceBefore + in.interfaceDrops() - interfaceDrops;
        kernelDrops = kernelBefore + in.kernelDrops();
        interfaceDrops = interfaceBefore + in.interfaceDrops();
        if (lost > 0) {
            sensor.flow().dropped(lost);
            notices.tell(
                    "drops " + interfaceName,
                    interfaceName + ": " + lost + " packets were lost before the sensor could see them;"
                            + " see --buffer-size and --filter");
        }
    }

    private void passTime(int given) {
        long now = clock.micros();
        sensor.flow().correct(publisher.brokerClock().correction());
        sensor.flow().passTime(now);
        long late = System.nanoTime() - beatAt;
        if (late >= 0 && (given == 0 || late > HEARTBEAT / 5)) {
            beatAt = System.nanoTime() + HEARTBEAT;
            sensor.flow().heartbeat(given == 0 ? now - MARGIN : -1);
        }
    }

    String name() {
        return name;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    long kernelDrops() {
        return kernelDrops;
    }

    long interfaceDrops() {
        return interfaceDrops;
    }

    long evicted() {
        return evicted.get();
    }

    /** Packets that could not be decoded so far, by reason. */
    Map<String, AtomicLong> unread() {
        return unread;
    }

    boolean isCapturing() {
        return capturing;
    }

    /** Seconds since its thread last looked for packets; 0 where it has not begun, or has ended. */
    double secondsSinceTurn() {
        long last = turnedAt;
        return last == 0 ? 0 : (System.nanoTime() - last) / 1e9;
    }

    /** Why it does not capture. */
    String reason() {
        return reason;
    }

    /** What ended it for good; null where nothing did. */
    @Nullable
    Exception fatal() {
        return fatal;
    }
}
