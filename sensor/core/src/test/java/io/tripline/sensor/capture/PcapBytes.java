package io.tripline.sensor.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a classic capture. */
@SuppressWarnings("ByteBufferBackingArray") // every buffer here is allocated on the heap, at offset 0
final class PcapBytes {
    private final CaptureFormat format;
    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PcapBytes() {
        this(CaptureFormat.PCAP, ByteOrder.LITTLE_ENDIAN);
    }

    PcapBytes(CaptureFormat format, ByteOrder order) {
        this(format, order, 262_144, 1);
    }

    PcapBytes(CaptureFormat format, ByteOrder order, int snaplen, int linkType) {
        this.format = format;
        this.order = order;
        put(buffer(24)
                .putInt(format.magic())
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(snaplen)
                .putInt(linkType));
    }

    /** @param fraction microseconds or nanoseconds, as the format has it */
    PcapBytes packet(long seconds, long fraction, byte[] data, int length) {
        return record(seconds, fraction, data.length, length).raw(data);
    }

    PcapBytes packet(long seconds, byte... data) {
        return packet(seconds, 0, data, data.length);
    }

    /** A record header alone (in the modified format with its further bytes), with a captured length that may lie. */
    PcapBytes record(long seconds, long fraction, int captured, int length) {
        boolean modified = format == CaptureFormat.PCAP_MODIFIED;
        put(buffer(modified ? 24 : 16)
                .putInt((int) seconds)
                .putInt((int) fraction)
                .putInt(captured)
                .putInt(length));
        return this;
    }

    PcapBytes raw(byte[] data) {
        out.writeBytes(data);
        return this;
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private void put(ByteBuffer buffer) {
        out.writeBytes(buffer.array());
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
