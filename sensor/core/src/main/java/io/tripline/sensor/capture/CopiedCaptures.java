package io.tripline.sensor.capture;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Captures of which some can be read once only: each packet is copied and waits for its turn. */
final class CopiedCaptures extends OrderedCaptures {
    private static final int STEP = 64;

    private final PacketSink copying = this::copy;
    private long read;

    CopiedCaptures(PacketSource source) {
        super(source);
    }

    @Override
    boolean look() throws IOException {
        return source.read(copying, STEP) > 0;
    }

    private void copy(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        held.add(read++, linkType, buffer, offset, captured, length);
        order.offer(time, captured);
    }

    @Override
    int giveInOrder(PacketSink sink, int limit) {
        return 0;
    }

    @Override
    int giveNext(PacketSink sink) {
        giveHeld(sink);
        return 1;
    }

    @Override
    int giveRest(PacketSink sink, int limit) {
        return 0;
    }
}
