package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the classic capture format (draft-ietf-opsawg-pcap). File header, then records:
 *
 * <pre>
 *  0 magic            0 seconds
 *  4 major, minor     4 microseconds or nanoseconds
 *  8 reserved         8 captured length
 * 16 snaplen         12 length on the wire
 * 20 link type       16 packet (24 in the modified format)
 * </pre>
 *
 * Nothing marks where a record begins, so a damaged one ends the reading.
 */
final class PcapReader extends CaptureReader {
    private static final int FILE_HEADER = 24;
    private static final int MAJOR = 4;
    private static final int MINOR = 6;
    private static final int SNAPLEN = 16;
    private static final int LINK_TYPE = 20;
    private static final int SUPPORTED_MAJOR = 2;

    private static final int FRACTION = 4;
    private static final int CAPTURED = 8;
    private static final int LENGTH = 12;
    private static final int PACKET = 16;
    private static final int PACKET_MODIFIED = 24;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CaptureFormat format;
    private final int header;
    private final int nanosPerTick;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int linkType;
    private int largest;

    PcapReader(CaptureFormat format, Window window, Tally tally, ProblemLog problems) {
        super(window, tally, problems);
        this.format = format;
        header = format == CaptureFormat.PCAP_MODIFIED ? PACKET_MODIFIED : PACKET;
        nanosPerTick = format == CaptureFormat.PCAP_NANOSECONDS ? 1 : 1000;
    }

    @Override
    boolean begin() throws IOException {
        if (!window.ensure(FILE_HEADER)) {
            int here = window.available();
            problems.end(window, 0, () -> "file header is cut short: " + here + " of " + FILE_HEADER + " bytes");
            return false;
        }
        int at = window.position();
        UnsafeBuffer buffer = window.buffer;
        boolean big = buffer.getInt(at, ByteOrder.BIG_ENDIAN) == format.magic();
        order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int major = buffer.getShort(at + MAJOR, order) & 0xffff;
        if (major != SUPPORTED_MAJOR) {
            int minor = buffer.getShort(at + MINOR, order) & 0xffff;
            problems.fatal(MAJOR, "pcap version " + major + "." + minor + " is unknown");
            return false;
        }
        long snaplen = buffer.getInt(at + SNAPLEN, order) & 0xffff_ffffL;
        largest = snaplen == 0 ? LARGEST : (int) Math.min(LARGEST, snaplen + TOLERANCE);
        // The upper half tells of frame check sequences behind the packets, which the lengths in the packets leave out.
        linkType = buffer.getInt(at + LINK_TYPE, order) & 0xffff;
        checkLinkType(linkType, LINK_TYPE);
        window.pass(FILE_HEADER);
        return true;
    }

    @Override
    int read(PacketSink sink, int limit) throws IOException {
        UnsafeBuffer buffer = window.buffer;
        int given = 0;
        while (given < limit && ensureRecord()) {
            int at = window.position();
            long seconds = buffer.getInt(at, order) & 0xffff_ffffL;
            long fraction = buffer.getInt(at + FRACTION, order) & 0xffff_ffffL;
            long time = seconds * NANOS_PER_SECOND + fraction * nanosPerTick;
            int captured = buffer.getInt(at + CAPTURED, order);
            int length = length(buffer.getInt(at + LENGTH, order));
            window.pass(header + captured);
            tally.add(time, linkType, length);
            given++;
            sink.packet(time, linkType, buffer, at + header, captured, length);
        }
        return given;
    }

    private boolean ensureRecord() throws IOException {
        boolean there = window.ensure(header);
        long offset = window.offset();
        if (!there) {
            int here = window.available();
            problems.end(
                    window,
                    offset,
                    here == 0 ? null : () -> "record header is cut short: " + here + " of " + header + " bytes");
            return false;
        }
        int captured = window.buffer.getInt(window.position() + CAPTURED, order);
        if (captured == 0 && isBlank()) {
            problems.end(window, offset, () -> "record header is all zeros");
            return false;
        }
        if (captured < 0 || captured > largest) {
            String announced = Integer.toUnsignedString(captured);
            problems.end(window, offset, () -> "captured length " + announced + " is above the maximum " + largest);
            return false;
        }
        if (!window.ensure(header + captured)) {
            int here = window.available() - header;
            problems.end(window, offset, () -> "packet is cut short: " + here + " of " + captured + " bytes");
            return false;
        }
        return true;
    }

    /** Whether time and both lengths are zeros. */
    private boolean isBlank() {
        int at = window.position();
        return window.buffer.getLong(at) == 0 && window.buffer.getLong(at + CAPTURED) == 0;
    }
}
