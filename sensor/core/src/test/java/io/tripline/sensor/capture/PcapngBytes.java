package io.tripline.sensor.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes a pcapng capture block by block. */
@SuppressWarnings("ByteBufferBackingArray") // every buffer here is allocated on the heap, at offset 0
final class PcapngBytes {
    static final int TIME_RESOLUTION = 9;
    static final int TIME_OFFSET = 14;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    /** A capture that begins with a section and one Ethernet interface with microseconds. */
    static PcapngBytes ethernet() {
        return new PcapngBytes().section(ByteOrder.LITTLE_ENDIAN).describe(1, 262_144);
    }

    PcapngBytes section(ByteOrder byteOrder) {
        return section(byteOrder, 1);
    }

    PcapngBytes section(ByteOrder byteOrder, int major) {
        order = byteOrder;
        return block(
                PcapngBlocks.SECTION,
                body(16).putInt(0x1a2b_3c4d)
                        .putShort((short) major)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    PcapngBytes describe(int linkType, int snaplen, byte[]... options) {
        ByteBuffer body =
                body(4096).putShort((short) linkType).putShort((short) 0).putInt(snaplen);
        for (byte[] option : options) {
            body.put(option);
        }
        return block(PcapngBlocks.INTERFACE, Arrays.copyOf(body.array(), body.position()));
    }

    byte[] option(int code, byte... value) {
        return body(4 + (value.length + 3) / 4 * 4)
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    byte[] timeOffset(long seconds) {
        return option(TIME_OFFSET, body(8).putLong(seconds).array());
    }

    PcapngBytes enhanced(int number, long ticks, byte[] data, int length, byte[]... options) {
        ByteBuffer body = body(20 + data.length + 3 + 4096).putInt(number);
        return packet(PcapngBlocks.ENHANCED_PACKET, body, ticks, data.length, data, length, options);
    }

    PcapngBytes enhanced(long ticks, byte... data) {
        return enhanced(0, ticks, data, data.length);
    }

    /** An enhanced packet block whose captured length may lie. */
    PcapngBytes enhancedLying(long ticks, int captured, byte[] data) {
        return packet(PcapngBlocks.ENHANCED_PACKET, body(100 + data.length).putInt(0), ticks, captured, data, captured);
    }

    PcapngBytes obsolete(int number, long ticks, byte[] data, int length) {
        ByteBuffer body = body(100 + data.length).putShort((short) number).putShort((short) 7);
        return packet(PcapngBlocks.PACKET, body, ticks, data.length, data, length);
    }

    PcapngBytes simple(byte[] data, int length) {
        return block(
                PcapngBlocks.SIMPLE_PACKET,
                body(4 + padded(data.length)).putInt(length).put(data).array());
    }

    private PcapngBytes packet(
            int type, ByteBuffer body, long ticks, int captured, byte[] data, int length, byte[]... options) {
        body.putInt((int) (ticks >>> 32)).putInt((int) ticks).putInt(captured).putInt(length);
        body.put(data).position(20 + padded(data.length));
        for (byte[] option : options) {
            body.put(option);
        }
        return block(type, Arrays.copyOf(body.array(), body.position()));
    }

    PcapngBytes block(int type, byte[] body) {
        int total = 12 + padded(body.length);
        return block(type, total, body, total);
    }

    /** A block whose lengths may lie. */
    PcapngBytes block(int type, int total, byte[] body, int again) {
        out.writeBytes(body(8).putInt(type).putInt(total).array());
        out.writeBytes(Arrays.copyOf(body, padded(body.length)));
        out.writeBytes(body(4).putInt(again).array());
        return this;
    }

    private ByteBuffer body(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
