package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of a pcapng capture (draft-ietf-opsawg-pcapng, 4). Enhanced packet block, and the obsolete packet
 * block with a 16-bit interface and a drop count in the same place:
 *
 * <pre>
 *  0 type, total length
 *  8 interface
 * 12 time stamp, upper half, lower half
 * 20 captured length
 * 24 length on the wire
 * 28 packet, options, total length
 * </pre>
 *
 * A simple packet block has neither interface nor time: it belongs to the first interface and is given the time of the
 * packet before it.
 */
final class PcapngReader extends CaptureReader {
    /** Interfaces kept of one section; the field has 32 bits, and a capture could announce as many. */
    static final int MOST_INTERFACES = 65_536;

    private static final int INTERFACE = 8;
    private static final int TIME_HIGH = 12;
    private static final int TIME_LOW = 16;
    private static final int CAPTURED = 20;
    private static final int LENGTH = 24;
    private static final int DATA = 28;
    private static final int SIMPLE_LENGTH = 8;
    private static final int SIMPLE_DATA = 12;
    private static final int TRAILER = 4;

    private final PcapngBlocks blocks;
    /** By number; null where the description could not be read. */
    private @Nullable PcapngInterface[] interfaces = new @Nullable PcapngInterface[4];

    private int interfaceCount;
    private int section;
    private long time;

    PcapngReader(Window window, Tally tally, ProblemLog problems) {
        super(window, tally, problems);
        blocks = new PcapngBlocks(window, problems);
    }

    @Override
    boolean begin() {
        return true;
    }

    @Override
    int read(PacketSink sink, int limit) throws IOException {
        int given = 0;
        while (given < limit && blocks.next()) {
            int at = window.position();
            if (section != blocks.sections()) {
                section = blocks.sections();
                interfaceCount = 0;
            }
            long offset = window.offset();
            window.pass(blocks.span());
            switch (blocks.type()) {
                case PcapngBlocks.ENHANCED_PACKET, PcapngBlocks.PACKET -> given += packet(sink, at, offset);
                case PcapngBlocks.SIMPLE_PACKET -> given += simplePacket(sink, at, offset);
                case PcapngBlocks.INTERFACE -> describe(at, offset);
                default -> {}
            }
        }
        return given;
    }

    private int packet(PacketSink sink, int at, long offset) {
        UnsafeBuffer buffer = window.buffer;
        ByteOrder order = blocks.order();
        int room = blocks.length() - DATA - TRAILER;
        if (room < 0) {
            return tooShort(offset);
        }
        int number = blocks.type() == PcapngBlocks.PACKET
                ? buffer.getShort(at + INTERFACE, order) & 0xffff
                : buffer.getInt(at + INTERFACE, order);
        int captured = buffer.getInt(at + CAPTURED, order);
        if (captured < 0 || captured > room) {
            problems.note(
                    offset, () -> "captured length " + Integer.toUnsignedString(captured) + " does not fit its block");
            return 0;
        }
        PcapngInterface from = number >= 0 && number < interfaceCount ? interfaces[number] : null;
        if (from == null) {
            return noInterface(offset, number);
        }
        long ticks = (long) buffer.getInt(at + TIME_HIGH, order) << 32
                | (buffer.getInt(at + TIME_LOW, order) & 0xffff_ffffL);
        time = from.times().nanos(ticks);
        give(sink, from.linkType(), at + DATA, captured, length(buffer.getInt(at + LENGTH, order)));
        return 1;
    }

    private int simplePacket(PacketSink sink, int at, long offset) {
        int room = blocks.length() - SIMPLE_DATA - TRAILER;
        if (room < 0) {
            return tooShort(offset);
        }
        PcapngInterface from = interfaceCount > 0 ? interfaces[0] : null;
        if (from == null) {
            return noInterface(offset, 0);
        }
        int length = length(window.buffer.getInt(at + SIMPLE_LENGTH, blocks.order()));
        int captured = Math.min(length, room);
        if (from.snaplen() > 0) {
            captured = (int) Math.min(captured, from.snaplen());
        }
        tally.addUntimed();
        give(sink, from.linkType(), at + SIMPLE_DATA, captured, length);
        return 1;
    }

    private void give(PacketSink sink, int linkType, int data, int captured, int length) {
        tally.add(time, linkType, length);
        sink.packet(time, linkType, window.buffer, data, captured, length);
    }

    private void describe(int at, long offset) {
        int end = at + blocks.length() - TRAILER;
        if (blocks.gap()) {
            problems.note(offset, () -> "interface after damage cannot be numbered: its packets are not read");
        } else if (end < at + PcapngInterface.OPTIONS) {
            tooShort(offset);
            addInterface(null);
        } else if (interfaceCount == MOST_INTERFACES) {
            problems.note(offset, () -> "more than " + MOST_INTERFACES + " interfaces: its packets are not read");
        } else {
            PcapngInterface described = PcapngInterface.read(window.buffer, at, end, blocks.order());
            addInterface(described);
            checkLinkType(described.linkType(), offset + PcapngInterface.LINK_TYPE);
        }
    }

    private void addInterface(@Nullable PcapngInterface described) {
        if (interfaceCount == interfaces.length) {
            interfaces = Arrays.copyOf(interfaces, 2 * interfaceCount);
        }
        interfaces[interfaceCount++] = described;
    }

    private int noInterface(long offset, int number) {
        problems.note(
                offset, () -> "packet of interface " + Integer.toUnsignedString(number) + ", which is not described");
        return 0;
    }

    private int tooShort(long offset) {
        int length = blocks.length();
        problems.note(offset, () -> "block of " + length + " bytes is too short for its type");
        return 0;
    }
}
