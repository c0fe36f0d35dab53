package io.tripline.sensor.decode;

import org.agrona.DirectBuffer;

/** Reads the headers of one packet after another into a {@link PacketView}. Not for several threads. */
public final class Decoder {
    private final PacketView view = new PacketView();

    /**
     * Reads one packet. The result is the same object each time and valid until the next call.
     *
     * @param time capture time, nanoseconds since the epoch
     * @param linkType LINKTYPE_ number of the capture
     * @param captured bytes available from {@code offset}
     * @param length bytes on the wire
     */
    public PacketView decode(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        view.time = time;
        view.length = length;
        view.buffer = buffer;
        view.unread = Unread.LINK_TYPE_UNKNOWN;
        return view;
    }
}
