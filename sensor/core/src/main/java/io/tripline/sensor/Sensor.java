package io.tripline.sensor;

import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.capture.Disorder;
import io.tripline.sensor.capture.PacketSink;
import io.tripline.sensor.decode.Decoder;
import io.tripline.sensor.flow.FlowSensor;
import io.tripline.sensor.flow.SensorSettings;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** A sensor without its capture: packets in, batches out. Not for several threads. */
public final class Sensor implements PacketSink {
    private final Decoder decoder = new Decoder();
    private final FlowSensor flow;
    private long packets;
    private long bytes;

    /**
     * A sensor that has seen nothing yet.
     *
     * @param batches takes each batch when it closes; it is never touched again
     */
    public Sensor(SensorSettings settings, Consumer<PacketBatch> batches) {
        flow = new FlowSensor(settings, batches);
    }

    /**
     * A sensor that replays a capture as if it happened now.
     *
     * @param begin stream time begins in the minute after it, microseconds since the epoch
     */
    public Sensor(SensorSettings settings, long begin, Consumer<PacketBatch> batches) {
        flow = new FlowSensor(settings, begin, batches);
    }

    @Override
    public void packet(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        packets++;
        bytes += Math.max(0, length);
        flow.accept(decoder.decode(time, linkType, buffer, offset, captured, length));
    }

    @Override
    public void disorder(Disorder disorder) {
        switch (disorder) {
            case SET_BACK -> flow.setBack();
            case LATE -> flow.late();
            case AHEAD -> {} // it comes with the time of its neighbours
        }
    }

    /** Closes the batch. */
    public void flush() {
        flow.flush();
    }

    /** What keeps the time, counts what was lost and gives heartbeats. */
    public FlowSensor flow() {
        return flow;
    }

    /** Packets so far. */
    public long packets() {
        return packets;
    }

    /** Bytes on the wire of these. */
    public long bytes() {
        return bytes;
    }
}
