package io.tripline.sensor.capture;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Counts what a capture file gave, packet by packet, without allocating. */
public final class Tally {
    private final BitSet linkTypes = new BitSet();
    private int linkType = -1;
    private long packets;
    private long bytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long untimed;

    public void add(long time, int packetLinkType, int length) {
        packets++;
        bytes += length;
        first = Math.min(first, time);
        last = Math.max(last, time);
        if (packetLinkType != linkType) {
            linkType = packetLinkType;
            linkTypes.set(packetLinkType);
        }
    }

    void addUntimed() {
        untimed++;
    }

    long packets() {
        return packets;
    }

    CaptureSummary summary(String name, @Nullable CaptureFormat format) {
        return new CaptureSummary(
                name,
                format,
                linkTypes.stream().boxed().toList(),
                packets,
                bytes,
                packets == 0 ? 0 : first,
                packets == 0 ? 0 : last,
                untimed);
    }
}
