package io.tripline.rules.traffic;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import io.tripline.schemas.Indicator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One packet that shows an indicator.
 *
 * @param time capture time, microseconds since the epoch
 * @param frame frame number in its capture, from 1
 * @param protocol IP protocol number, 256 for ARP
 * @param sourcePort 0 where the protocol has none
 * @param destinationPort 0 where the protocol has none
 */
public record IndicatorEvent(
        Indicator indicator,
        String sensor,
        long time,
        long frame,
        int protocol,
        Address source,
        int sourcePort,
        Address destination,
        int destinationPort) {
    public static final Codec<IndicatorEvent> CODEC =
            Codec.of("indicator-event", 1, IndicatorEvent.class, IndicatorEvent::write, IndicatorEvent::read);

    public void write(DataOutput out) throws IOException {
        out.writeInt(indicator.bit());
        Stored.writeText(sensor, out);
        out.writeLong(time);
        out.writeLong(frame);
        out.writeInt(protocol);
        out.writeLong(source.high());
        out.writeLong(source.low());
        out.writeInt(sourcePort);
        out.writeLong(destination.high());
        out.writeLong(destination.low());
        out.writeInt(destinationPort);
    }

    public static IndicatorEvent read(DataInput in) throws IOException {
        return new IndicatorEvent(
                Indicator.ofBit(in.readInt()),
                Stored.readText(in),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                new Address(in.readLong(), in.readLong()),
                in.readInt(),
                new Address(in.readLong(), in.readLong()),
                in.readInt());
    }
}
