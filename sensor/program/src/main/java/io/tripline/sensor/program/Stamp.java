package io.tripline.sensor.program;

import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.publish.BrokerClock;
import io.tripline.sensor.publish.WallClock;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Notes in each batch which run it belongs to, when it was closed, and how the clock stood; in heartbeats also the
 * program's version.
 */
final class Stamp implements Consumer<PacketBatch> {
    private static final String VERSION =
            Objects.requireNonNullElse(Stamp.class.getPackage().getImplementationVersion(), "");

    private final long run;
    private final boolean live;
    private final BrokerClock offset;
    private final WallClock clock;
    private final Consumer<PacketBatch> next;
    private boolean ending;

    Stamp(long run, boolean live, BrokerClock offset, WallClock clock, Consumer<PacketBatch> next) {
        this.run = run;
        this.live = live;
        this.offset = offset;
        this.clock = clock;
        this.next = next;
    }

    /** What comes now is the last of this sensor. */
    void end() {
        ending = true;
    }

    @Override
    public void accept(PacketBatch batch) {
        batch.setRun(run);
        batch.setSentAt(live ? clock.micros() : 0);
        batch.setClockOffset(offset.offset());
        batch.setVersion(batch.getPackets() == 0 ? VERSION : "");
        batch.setEnding(ending && batch.getPackets() == 0);
        next.accept(batch);
    }
}
