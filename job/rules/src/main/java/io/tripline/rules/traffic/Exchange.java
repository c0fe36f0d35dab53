package io.tripline.rules.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What an address sent and received: packets, and bytes on the wire of these. */
public record Exchange(long packetsSent, long bytesSent, long packetsReceived, long bytesReceived) {
    public Exchange plus(Exchange other) {
        return new Exchange(
                packetsSent + other.packetsSent,
                bytesSent + other.bytesSent,
                packetsReceived + other.packetsReceived,
                bytesReceived + other.bytesReceived);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(packetsSent);
        out.writeLong(bytesSent);
        out.writeLong(packetsReceived);
        out.writeLong(bytesReceived);
    }

    static Exchange read(DataInput in) throws IOException {
        return new Exchange(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
