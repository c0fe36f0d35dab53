package io.tripline.sensor;

import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.capture.PacketSink;
import io.tripline.sensor.decode.Decoder;
import io.tripline.sensor.decode.PacketView;
import io.tripline.sensor.flow.FlowSensor;
import io.tripline.sensor.flow.SensorSettings;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * A sensor without its capture: packets in, batches out.
 *
 * <p>It works on {@link #AHEAD} packets at a time: decodes them all, begins to fetch their conversations from memory, then judges one after
 * another. A table of a million conversations lies outside every cache; waiting for one look-up after the other would cost more than all the rest
 * together. Not for several threads.
 */
public final class Sensor implements PacketSink {
    /** Packets under way at once; their views and table buckets fit into a first-level cache. */
    private static final int AHEAD = 32;

    private final Decoder decoder = new Decoder();
    private final PacketView[] views = new PacketView[AHEAD];
    private final FlowSensor flow;
    private int waiting;

    /**
     * A sensor that has seen nothing yet.
     *
     * @param batches takes each batch when it closes; it is never touched again
     */
    public Sensor(SensorSettings settings, Consumer<PacketBatch> batches) {
        flow = new FlowSensor(settings, batches);
        for (int i = 0; i < AHEAD; i++) {
            views[i] = new PacketView();
        }
    }

    @Override
    public void packet(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        decoder.decode(views[waiting], time, linkType, buffer, offset, captured, length);
        if (++waiting == AHEAD) {
            judge();
        }
    }

    /** Judges what waits, and closes the batch. */
    public void flush() {
        judge();
        flow.flush();
    }

    private void judge() {
        for (int i = 0; i < waiting; i++) {
            flow.fetch(views[i]);
        }
        for (int i = 0; i < waiting; i++) {
            flow.accept(views[i]);
        }
        waiting = 0;
    }
}
