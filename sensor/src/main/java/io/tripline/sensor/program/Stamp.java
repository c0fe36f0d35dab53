package io.tripline.sensor.program;

import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.publish.BrokerClock;
import io.tripline.sensor.publish.WallClock;
import java.util.function.Consumer;

/** Notes in each batch which run it belongs to, when it was closed, and how the clock stood. */
final class Stamp implements Consumer<PacketBatch> {
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
        batch.setEnding(ending && batch.getPackets() == 0);
        next.accept(batch);
    }
}
