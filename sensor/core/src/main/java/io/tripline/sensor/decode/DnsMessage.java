package io.tripline.sensor.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * DNS message: header and first question (RFC 1035, 4.1). NBNS (RFC 1002), mDNS and LLMNR have the same shape.
 *
 * <pre>
 *    0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *  |                      ID                       |
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *  |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *  |                    QDCOUNT                    |
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *  |                    ANCOUNT                    |
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *  |                    NSCOUNT                    |
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *  |                    ARCOUNT                    |
 *  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 * </pre>
 */
final class DnsMessage {
    static final int LENGTH = 12;

    private static final int IDENTIFIER = 0;
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int AUTHORITIES = 8;
    private static final int ADDITIONALS = 10;

    private static final int RESPONSE = 0x8000;
    private static final int OPCODE_AND_RESERVED = 0x7840;

    /** Authoritative, truncated, recursion available, response code. */
    private static final int NEVER_IN_QUERY = 0x068f;

    private static final int MOST_RECORDS = 64;
    private static final int INTERNET = 1;
    private static final int EDNS = 41;

    private static final int MINIMUM_QUESTION = 5;
    private static final int MINIMUM_RECORD = 11;
    private static final int MAXIMUM_POINTERS = 32;
    private static final int MAXIMUM_NAME = 254;

    /** QUERY to DSO, and those of NetBIOS up to its alternative refresh; bit n stands for opcode n. */
    private static final int OPCODES = 0b11_1111_0111;

    private DirectBuffer buffer = Cursor.NOTHING;
    private int offset;
    private int available;

    DnsMessage wrap(DirectBuffer buffer, int offset, int available) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        return this;
    }

    boolean isComplete() {
        return available >= LENGTH;
    }

    /**
     * Whether this may be a DNS message at all: an opcode that exists, no more questions and records than fit, and not
     * empty unless it is an answer (which may refuse with the header alone).
     *
     * @param size bytes of the message, captured or not
     */
    boolean isPlausible(int size) {
        long records = (long) answers() + authorities() + additionals();
        return ((OPCODES >> opcode()) & 1) != 0
                && LENGTH + (long) questions() * MINIMUM_QUESTION + records * MINIMUM_RECORD <= size
                && (response() || questions() + records > 0);
    }

    /**
     * Whether this is a DNS message without doubt, on whatever port: the header of a query or an answer with one
     * question, then a name of at least two labels to its end, a type that exists and class Internet, and behind a
     * query nothing but an EDNS record (RFC 6891, 6.1). The first test is on eight bytes, so that what is no DNS costs
     * next to nothing.
     *
     * @param size bytes of the message, captured or not
     */
    boolean isCertain(int size) {
        int flags = flags();
        if (questions() != 1 || (flags & OPCODE_AND_RESERVED) != 0 || size > available) {
            return false;
        }
        boolean query = (flags & RESPONSE) == 0;
        int records = answers() + authorities() + additionals();
        if (query ? (flags & NEVER_IN_QUERY) != 0 || records > 1 || records != additionals() : records > MOST_RECORDS) {
            return false;
        }
        int end = plainName();
        if (end < 0 || end + 4 > size || !isType(buffer.getShort(offset + end, BIG_ENDIAN) & 0xffff)) {
            return false;
        }
        if (buffer.getShort(offset + end + 2, BIG_ENDIAN) != INTERNET) {
            return false;
        }
        int rest = size - end - 4;
        if (records == 0) {
            return rest == 0;
        }
        return rest >= records * MINIMUM_RECORD
                && (!query
                        || (buffer.getByte(offset + end + 4) == 0
                                && buffer.getShort(offset + end + 5, BIG_ENDIAN) == EDNS));
    }

    /** Where a name of two labels or more without pointers ends; -1 where there is none. */
    private int plainName() {
        int labels = 0;
        int at = LENGTH;
        while (at < available && at - LENGTH <= MAXIMUM_NAME) {
            int length = buffer.getByte(offset + at) & 0xff;
            if (length == 0) {
                return labels >= 2 ? at + 1 : -1;
            }
            if (length > 63) {
                return -1;
            }
            labels++;
            at += 1 + length;
        }
        return -1;
    }

    /** Types that the registry has (RFC 6895, 3.1), and those for private use. */
    private static boolean isType(int type) {
        return (type >= 1 && type <= 109) || (type >= 249 && type <= 262) || (type >= 0xff00 && type < 0xffff);
    }

    int identifier() {
        return buffer.getShort(offset + IDENTIFIER, BIG_ENDIAN) & 0xffff;
    }

    boolean response() {
        return (flags() & 0x8000) != 0;
    }

    int opcode() {
        return (flags() >> 11) & 15;
    }

    int responseCode() {
        return flags() & 15;
    }

    int questions() {
        return buffer.getShort(offset + QUESTIONS, BIG_ENDIAN) & 0xffff;
    }

    int answers() {
        return buffer.getShort(offset + ANSWERS, BIG_ENDIAN) & 0xffff;
    }

    int authorities() {
        return buffer.getShort(offset + AUTHORITIES, BIG_ENDIAN) & 0xffff;
    }

    int additionals() {
        return buffer.getShort(offset + ADDITIONALS, BIG_ENDIAN) & 0xffff;
    }

    private int flags() {
        return buffer.getShort(offset + FLAGS, BIG_ENDIAN) & 0xffff;
    }

    /** Fills the view with header and first question. */
    void read(DnsView view, int size) {
        view.response = response();
        view.responseCode = responseCode();
        view.questions = questions();
        view.answers = answers();
        view.size = size;
        view.type = 0;
        view.nameLength = 0;
        view.complete = view.questions == 0;
        if (view.questions > 0) {
            int end = readName(view);
            if (end >= 0 && end + 4 <= available) {
                view.type = buffer.getShort(offset + end, BIG_ENDIAN) & 0xffff;
                view.complete = true;
            }
        }
    }

    /**
     * Copies the labels of the name behind the header and follows pointers (4.1.4), as many as an honest name may have:
     * a loop ends there.
     *
     * @return where the name ends in the message; -1 where it could not be read to its root
     */
    private int readName(DnsView view) {
        int end = -1;
        int pointers = 0;
        int at = LENGTH;
        while (at < available) {
            int length = buffer.getByte(offset + at) & 0xff;
            if (length == 0) {
                return end < 0 ? at + 1 : end;
            }
            if (length >= 0xc0) {
                if (at + 1 >= available || ++pointers > MAXIMUM_POINTERS) {
                    return -1;
                }
                end = end < 0 ? at + 2 : end;
                at = buffer.getShort(offset + at, BIG_ENDIAN) & 0x3fff;
            } else if (length > 63 || length >= available - at || view.nameLength + 1 + length > MAXIMUM_NAME) {
                return -1;
            } else {
                buffer.getBytes(offset + at, view.name, view.nameLength, 1 + length);
                view.nameLength += 1 + length;
                at += 1 + length;
            }
        }
        return -1;
    }
}
