package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the blocks of a pcapng capture (draft-ietf-opsawg-pcapng, 3.1): type, total length, body, total length again.
 *
 * <p>A block counts as whole where both lengths agree. Behind one that does not, reading goes on at the next place, on
 * a four-byte boundary, that holds a block of a known type whose lengths agree; first tried where the damaged one says
 * it ends.
 */
final class PcapngBlocks {
    static final int SECTION = CaptureFormat.PCAPNG.magic();
    static final int INTERFACE = 1;
    static final int PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    private static final int TOTAL_LENGTH = 4;
    private static final int BYTE_ORDER_MAGIC = 8;
    private static final int MAJOR = 12;
    private static final int MINOR = 14;
    private static final int SHORTEST = 12;
    private static final int SHORTEST_SECTION = 28;
    private static final int BYTE_ORDER = 0x1a2b_3c4d;
    private static final int SUPPORTED_MAJOR = 1;

    private final Window window;
    private final ProblemLog problems;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int sections;
    private boolean gap;
    private boolean ended;
    private int type;
    private int length;

    PcapngBlocks(Window window, ProblemLog problems) {
        this.window = window;
        this.problems = problems;
    }

    /** Moves the window to the next whole block. False at the end of what can be read; the reason is then noted. */
    boolean next() throws IOException {
        while (!ended) {
            if (!window.ensure(SHORTEST)) {
                int here = window.available();
                end(window.offset(), here == 0 ? null : () -> "block header is cut short: " + here + " bytes");
            } else if (whole()) {
                return true;
            }
        }
        return false;
    }

    /** Type of the block that {@link #next()} found. */
    int type() {
        return type;
    }

    /** Total length of the block, as it says itself. */
    int length() {
        return length;
    }

    /** Bytes that the block takes up: some writers leave out the padding when they count. */
    int span() {
        return padded(length);
    }

    /** Byte order of the section. */
    ByteOrder order() {
        return order;
    }

    /** Sections begun so far, damaged ones with them. */
    int sections() {
        return sections;
    }

    /** Whether blocks of this section may have been missed, so that its further interfaces cannot be numbered. */
    boolean gap() {
        return gap;
    }

    private boolean whole() throws IOException {
        int at = window.position();
        type = window.buffer.getInt(at, order);
        if (type == SECTION) {
            sections++;
            gap = false;
            if (!setByteOrder(at)) {
                return damaged(0, () -> "section header without a byte-order magic");
            }
        }
        length = window.buffer.getInt(at + TOTAL_LENGTH, order);
        long announced = Integer.toUnsignedLong(length);
        if (announced < (type == SECTION ? SHORTEST_SECTION : SHORTEST)) {
            return damaged(0, () -> "block length " + announced + " is too small");
        }
        if (announced > CaptureReader.LARGEST) {
            return known(type)
                    ? damaged(0, () -> "block length " + announced + " is above the maximum " + CaptureReader.LARGEST)
                    : passOver(announced);
        }
        if (!window.ensure(span())) {
            int here = window.available();
            return damaged(0, () -> "block is cut short: " + here + " of " + announced + " bytes");
        }
        int repeated = window.buffer.getInt(window.position() + span() - TOTAL_LENGTH, order);
        if (repeated != length) {
            String again = Integer.toUnsignedString(repeated);
            return damaged(span(), () -> "block length " + announced + " is " + again + " at the block's end");
        }
        return type != SECTION || versionKnown();
    }

    private boolean setByteOrder(int at) {
        int magic = window.buffer.getInt(at + BYTE_ORDER_MAGIC, ByteOrder.BIG_ENDIAN);
        if (magic != BYTE_ORDER && magic != Integer.reverseBytes(BYTE_ORDER)) {
            return false;
        }
        order = magic == BYTE_ORDER ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return true;
    }

    private boolean versionKnown() throws IOException {
        int major = window.buffer.getShort(window.position() + MAJOR, order) & 0xffff;
        int minor = window.buffer.getShort(window.position() + MINOR, order) & 0xffff;
        if (major != SUPPORTED_MAJOR) {
            end(window.offset() + MAJOR, () -> "pcapng version " + major + "." + minor + " is unknown");
        }
        return major == SUPPORTED_MAJOR;
    }

    /**
     * Passes over a block of no interest that need not be contiguous; it may have up to 4 GiB. Never finds a block
     * itself.
     */
    private boolean passOver(long announced) throws IOException {
        long offset = window.offset();
        long body = ((announced + 3) & ~3L) - TOTAL_LENGTH;
        if (!window.skip(body) || !window.ensure(TOTAL_LENGTH)) {
            end(offset, () -> "block is cut short: " + (window.end() - offset) + " of " + announced + " bytes");
            return false;
        }
        int repeated = window.buffer.getInt(window.position(), order);
        if (repeated != length) {
            String again = Integer.toUnsignedString(repeated);
            return damaged(0, () -> "block length " + announced + " is " + again + " at the block's end");
        }
        window.pass(TOTAL_LENGTH);
        return false;
    }

    /** Looks for the next block behind a damaged one and notes the damage. Never finds a block itself. */
    private boolean damaged(int span, Supplier<String> reason) throws IOException {
        long offset = window.offset();
        if (span > 0 && beginsBlock(span)) {
            gap |= type == INTERFACE;
            window.pass(span);
        } else {
            gap = true;
            do {
                window.pass(Math.min(4, window.available()));
            } while (window.ensure(SHORTEST) && !beginsBlock(0));
        }
        if (window.ensure(SHORTEST)) {
            long resumed = window.offset();
            problems.note(offset, () -> reason.get() + "; reading continues at " + resumed);
        } else {
            end(offset, reason);
        }
        return false;
    }

    private boolean beginsBlock(int ahead) throws IOException {
        if (!window.ensure(ahead + SHORTEST)) {
            return false;
        }
        int at = window.position() + ahead;
        int candidate = window.buffer.getInt(at, order);
        ByteOrder before = order;
        if (candidate == SECTION ? !setByteOrder(at) : !known(candidate)) {
            return false;
        }
        ByteOrder candidateOrder = order;
        order = before;
        int total = window.buffer.getInt(at + TOTAL_LENGTH, candidateOrder);
        return total >= SHORTEST
                && total <= CaptureReader.LARGEST
                && window.ensure(ahead + padded(total))
                && window.buffer.getInt(window.position() + ahead + padded(total) - TOTAL_LENGTH, candidateOrder)
                        == total;
    }

    /** Blocks that are read, and the two (names, statistics) that are as frequent. */
    private static boolean known(int type) {
        return type == SECTION || (type >= INTERFACE && type <= ENHANCED_PACKET);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private void end(long offset, @Nullable Supplier<String> reason) throws IOException {
        ended = true;
        problems.end(window, offset, reason);
    }
}
