package io.tripline.sensor.capture;

import org.agrona.DirectBuffer;

/** Takes packets one by one, in the order of the capture. */
@FunctionalInterface
public interface PacketSink {
    /**
     * Takes one packet. The buffer belongs to the source and is valid during this call only.
     *
     * @param time capture time, nanoseconds since 1970-01-01T00:00:00Z
     * @param linkType link type as in the capture file (LINKTYPE_ number)
     * @param buffer holds the captured bytes; reads outside it are bounds-checked
     * @param offset where the link-layer header begins
     * @param captured bytes available from {@code offset}
     * @param length bytes that were on the wire; at least {@code captured} in an honest capture
     */
    void packet(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length);

    /** Tells what is wrong with the time of the packet that comes next. Who does not care need not know. */
    default void disorder(Disorder disorder) {}
}
