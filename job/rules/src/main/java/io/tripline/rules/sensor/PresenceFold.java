package io.tripline.rules.sensor;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.sensor.PresenceSecond.Heard;
import io.tripline.schemas.PacketBatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Folds which live sensors are heard. One fold serves all sensors: what they tell is summed by the second. */
public final class PresenceFold implements Fold {
    private static final long MICROSECONDS = 1_000_000;
    private static final long MILLISECONDS = 1_000;

    /** What was sent so much before the broker took it, seconds, waited somewhere: in a spool, or with a client that could not reach the broker. */
    private static final long DIRECT_SECONDS = 10;

    private final Consumer<? super PresenceSecond> parts;
    private @Nullable PresenceSecond open;

    public PresenceFold(Consumer<? super PresenceSecond> parts) {
        this.parts = parts;
    }

    /** Without the broker's clock, the sensor's own has to do. */
    @Override
    public void add(PacketBatch batch) {
        add(batch, Math.floorDiv(sent(batch), MILLISECONDS));
    }

    @Override
    public void add(PacketBatch batch, long appended) {
        if (batch.getSentAt() == 0) {
            return; // from a file, which nobody expects more of
        }
        long taken = Math.floorDiv(appended, MILLISECONDS);
        // A sensor whose clock is ahead is heard now all the same.
        long second = Math.min(Math.floorDiv(batch.getTime(), MICROSECONDS), taken);
        PresenceSecond part = open;
        if (part == null || part.second() != second) {
            flush();
            part = new PresenceSecond(second);
            open = part;
        }
        boolean direct = !batch.getSpooled() && taken - Math.floorDiv(sent(batch), MICROSECONDS) <= DIRECT_SECONDS;
        part.add(
                batch.getSensor(),
                new Heard(batch.getRun(), batch.getNewest(), taken, batch.getEnding(), batch.getSpooled()),
                direct);
    }

    /** By the broker's clock, as far as the sensor knows it, microseconds. */
    private static long sent(PacketBatch batch) {
        return batch.getSentAt() - batch.getClockOffset();
    }

    @Override
    public void flush() {
        PresenceSecond part = open;
        open = null;
        if (part != null) {
            parts.accept(part);
        }
    }
}
