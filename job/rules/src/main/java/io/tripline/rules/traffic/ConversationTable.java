package io.tripline.rules.traffic;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Counts conversations by initiator, responder and service, without an object for each: open addressing with linear probing into rows of one
 * long array, at most half full. Source ports do not tell conversations apart, so a browser's hundred connections to one server are one row.
 *
 * <p>Everything in a row is a sum, a minimum or a maximum: tables merge in any order to the same, as long as they have room. What finds no room
 * is counted all together by {@link #others}. Memory: 104 bytes a row and 8 for its slots.
 */
public final class ConversationTable {
    private static final int COLUMNS = 17;

    /** Rows that there is room for at least, a power of 2. */
    private static final int SMALLEST = 8;

    /** Rows that are made room for before they are there, at most. */
    private static final int PREPARED = 1 << 16;

    /** Columns that leave this process; the others are for {@link #ofData} only. */
    private static final int STORED_COLUMNS = 13;

    private static final int PACKETS_OUT = 5;
    private static final int BYTES_OUT = 6;
    private static final int PACKETS_IN = 7;
    private static final int BYTES_IN = 8;
    private static final int FIRST = 9;
    private static final int LAST = 10;
    private static final int FRAME = 11;
    private static final int OPENED = 12;
    private static final int BARE_PACKETS_OUT = 13;
    private static final int BARE_BYTES_OUT = 14;
    private static final int BARE_PACKETS_IN = 15;
    private static final int BARE_BYTES_IN = 16;

    /** Unknown to who chooses addresses, so that they cannot crowd one corner of the table. */
    private static final long SALT = new SecureRandom().nextLong() | 1;

    private final int capacity;
    private long[] rows;
    private int[] slots;
    private int size;
    private long otherPackets;
    private long otherBytes;

    /** A table of at most so many rows. */
    public ConversationTable(int capacity) {
        this(capacity, SMALLEST);
    }

    /** An empty table with room for some rows from the start. */
    ConversationTable(int capacity, int expected) {
        int room = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, expected - 1)) * 2);
        this.capacity = capacity;
        rows = new long[room * COLUMNS];
        slots = new int[room * 2];
        Arrays.fill(slots, -1);
    }

    /** Forgets all rows but keeps the room, for the next second's. */
    void clear() {
        size = 0;
        otherPackets = 0;
        otherBytes = 0;
        Arrays.fill(slots, -1);
    }

    /** Bytes that its tables take. */
    long bytes() {
        return 8L * rows.length + 4L * slots.length;
    }

    public int size() {
        return size;
    }

    /** Packets and bytes of conversations that found no room. */
    public TrafficMinute.Volume others() {
        return new TrafficMinute.Volume(otherPackets, otherBytes);
    }

    public Address initiator(int row) {
        return new Address(rows[row * COLUMNS], rows[row * COLUMNS + 1]);
    }

    public Address responder(int row) {
        return new Address(rows[row * COLUMNS + 2], rows[row * COLUMNS + 3]);
    }

    /** Where the conversation of a row goes, as {@link Service} packs it. */
    public int service(int row) {
        return (int) rows[row * COLUMNS + 4];
    }

    /** Packets from initiator to responder. */
    public long packetsOut(int row) {
        return rows[row * COLUMNS + PACKETS_OUT];
    }

    public long bytesOut(int row) {
        return rows[row * COLUMNS + BYTES_OUT];
    }

    /** Packets from responder to initiator. */
    public long packetsIn(int row) {
        return rows[row * COLUMNS + PACKETS_IN];
    }

    public long bytesIn(int row) {
        return rows[row * COLUMNS + BYTES_IN];
    }

    /** Bytes both ways. */
    long bytes(int row) {
        return bytesOut(row) + bytesIn(row);
    }

    /** Time of the first packet, microseconds, in whatever clock it was given. */
    public long first(int row) {
        return rows[row * COLUMNS + FIRST];
    }

    public long last(int row) {
        return rows[row * COLUMNS + LAST];
    }

    /** Lowest number of a frame that has a record; {@link Long#MAX_VALUE} where none has. */
    public long frame(int row) {
        return rows[row * COLUMNS + FRAME];
    }

    /** How many times the responder accepted. */
    public long opened(int row) {
        return rows[row * COLUMNS + OPENED];
    }

    /** The row of a conversation, a new one if need be; -1 where it is not known and there is no room. */
    int row(long initiatorHigh, long initiatorLow, long responderHigh, long responderLow, int service) {
        long[] known = rows;
        int[] table = slots;
        int mask = table.length - 1;
        int slot = hash(initiatorHigh, initiatorLow, responderHigh, responderLow, service) & mask;
        for (int row = table[slot]; row >= 0; row = table[slot]) {
            int at = row * COLUMNS;
            if (known[at + 3] == responderLow
                    && known[at + 1] == initiatorLow
                    && known[at + 4] == service
                    && known[at] == initiatorHigh
                    && known[at + 2] == responderHigh) {
                return row;
            }
            slot = (slot + 1) & mask;
        }
        if (size == capacity) {
            return -1;
        }
        if (size * COLUMNS == known.length) {
            grow();
            return row(initiatorHigh, initiatorLow, responderHigh, responderLow, service);
        }
        int at = size * COLUMNS;
        known[at] = initiatorHigh;
        known[at + 1] = initiatorLow;
        known[at + 2] = responderHigh;
        known[at + 3] = responderLow;
        known[at + 4] = service;
        Arrays.fill(known, at + PACKETS_OUT, at + COLUMNS, 0);
        known[at + FIRST] = Long.MAX_VALUE;
        known[at + LAST] = Long.MIN_VALUE;
        known[at + FRAME] = Long.MAX_VALUE;
        table[slot] = size;
        return size++;
    }

    void addOut(int row, long packets, long bytes) {
        rows[row * COLUMNS + PACKETS_OUT] += packets;
        rows[row * COLUMNS + BYTES_OUT] += bytes;
    }

    void addIn(int row, long packets, long bytes) {
        rows[row * COLUMNS + PACKETS_IN] += packets;
        rows[row * COLUMNS + BYTES_IN] += bytes;
    }

    /** Notes that a packet that was added to a row has no payload. */
    void bare(int row, boolean answers, long bytes) {
        int at = row * COLUMNS;
        rows[at + (answers ? BARE_PACKETS_IN : BARE_PACKETS_OUT)]++;
        rows[at + (answers ? BARE_BYTES_IN : BARE_BYTES_OUT)] += bytes;
    }

    /**
     * This traffic for those who look for data that is moved: packets without payload are taken out of their
     * conversations and summed by initiator, in rows that {@link #isBare}. A scan's thousands of probes become one row,
     * and which packets go where depends on each packet alone.
     */
    public ConversationTable ofData() {
        ConversationTable data = new ConversationTable(capacity, rowsWithPayload());
        for (int row = 0; row < size; row++) {
            int at = row * COLUMNS;
            long packetsOut = rows[at + PACKETS_OUT] - rows[at + BARE_PACKETS_OUT];
            long packetsIn = rows[at + PACKETS_IN] - rows[at + BARE_PACKETS_IN];
            if (packetsOut + packetsIn > 0) {
                int to = data.row(rows[at], rows[at + 1], rows[at + 2], rows[at + 3], (int) rows[at + 4]);
                data.addSome(
                        to,
                        this,
                        at,
                        packetsOut,
                        rows[at + BYTES_OUT] - rows[at + BARE_BYTES_OUT],
                        packetsIn,
                        rows[at + BYTES_IN] - rows[at + BARE_BYTES_IN]);
            }
            if (rows[at + BARE_PACKETS_OUT] + rows[at + BARE_PACKETS_IN] > 0) {
                int to = data.row(rows[at], rows[at + 1], 0, 0, 0);
                data.addSome(
                        to,
                        this,
                        at,
                        rows[at + BARE_PACKETS_OUT],
                        rows[at + BARE_BYTES_OUT],
                        rows[at + BARE_PACKETS_IN],
                        rows[at + BARE_BYTES_IN]);
            }
        }
        data.addOther(otherPackets, otherBytes);
        return data;
    }

    private int rowsWithPayload() {
        int count = 0;
        for (int at = 0; at < size * COLUMNS; at += COLUMNS) {
            boolean bare = rows[at + PACKETS_OUT] == rows[at + BARE_PACKETS_OUT]
                    && rows[at + PACKETS_IN] == rows[at + BARE_PACKETS_IN];
            count += bare ? 0 : 1;
        }
        return count;
    }

    private void addSome(
            int row, ConversationTable from, int at, long packetsOut, long bytesOut, long packetsIn, long bytesIn) {
        if (row < 0) {
            addOther(packetsOut + packetsIn, bytesOut + bytesIn);
            return;
        }
        addOut(row, packetsOut, bytesOut);
        addIn(row, packetsIn, bytesIn);
        if (from.rows[at + FIRST] <= from.rows[at + LAST]) {
            span(row, from.rows[at + FIRST], from.rows[at + LAST]);
        }
        frame(row, from.rows[at + FRAME]);
    }

    /** Whether a row sums up packets without payload, to whomever they went. */
    public boolean isBare(int row) {
        int at = row * COLUMNS;
        return rows[at + 2] == 0 && rows[at + 3] == 0 && rows[at + 4] == 0;
    }

    public void addOther(long packets, long bytes) {
        otherPackets += packets;
        otherBytes += bytes;
    }

    /** Notes when a packet was seen. */
    void span(int row, long first, long last) {
        int at = row * COLUMNS;
        rows[at + FIRST] = Math.min(rows[at + FIRST], first);
        rows[at + LAST] = Math.max(rows[at + LAST], last);
    }

    /** Whether it is known when a packet of it was seen; of one that only went on, the second is all that is known. */
    public boolean isDated(int row) {
        return rows[row * COLUMNS + FIRST] <= rows[row * COLUMNS + LAST];
    }

    void frame(int row, long frame) {
        rows[row * COLUMNS + FRAME] = Math.min(rows[row * COLUMNS + FRAME], frame);
    }

    void opened(int row, long times) {
        rows[row * COLUMNS + OPENED] += times;
    }

    /**
     * Adds a row of another table.
     *
     * @param shift what to take from its times, microseconds
     * @return whether there was room
     */
    boolean add(ConversationTable other, int of, long shift) {
        long[] from = other.rows;
        int at = of * COLUMNS;
        int row = row(from[at], from[at + 1], from[at + 2], from[at + 3], (int) from[at + 4]);
        if (row < 0) {
            addOther(from[at + PACKETS_OUT] + from[at + PACKETS_IN], from[at + BYTES_OUT] + from[at + BYTES_IN]);
            return false;
        }
        addOut(row, from[at + PACKETS_OUT], from[at + BYTES_OUT]);
        addIn(row, from[at + PACKETS_IN], from[at + BYTES_IN]);
        if (other.isDated(of)) {
            span(row, from[at + FIRST] - shift, from[at + LAST] - shift);
        }
        frame(row, from[at + FRAME]);
        opened(row, from[at + OPENED]);
        return true;
    }

    /** Adds all of another table. */
    public void addAll(ConversationTable other) {
        for (int row = 0; row < other.size; row++) {
            add(other, row, 0);
        }
        addOther(other.otherPackets, other.otherBytes);
    }

    /** Adds what another sensor saw: of a conversation that both have the larger counts hold. */
    public void combineAll(ConversationTable other) {
        otherPackets = Math.max(otherPackets, other.otherPackets);
        otherBytes = Math.max(otherBytes, other.otherBytes);
        for (int of = 0; of < other.size; of++) {
            int from = of * COLUMNS;
            int row = row(other.rows[from], other.rows[from + 1], other.rows[from + 2], other.rows[from + 3], (int)
                    other.rows[from + 4]);
            if (row < 0) {
                addOther(other.packetsOut(of) + other.packetsIn(of), other.bytesOut(of) + other.bytesIn(of));
                continue;
            }
            int at = row * COLUMNS;
            for (int column = PACKETS_OUT; column < COLUMNS; column++) {
                boolean earliest = column == FIRST || column == FRAME;
                long one = rows[at + column];
                long two = other.rows[from + column];
                rows[at + column] = earliest ? Math.min(one, two) : Math.max(one, two);
            }
        }
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < STORED_COLUMNS; column++) {
                out.writeLong(rows[row * COLUMNS + column]);
            }
        }
        out.writeLong(otherPackets);
        out.writeLong(otherBytes);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold more rows than there may be
     */
    public static ConversationTable read(DataInput in, int capacity) throws IOException {
        int size = Stored.readSize(in, capacity, "conversations");
        ConversationTable table = new ConversationTable(capacity, Math.min(size, PREPARED));
        long[] columns = new long[COLUMNS];
        for (int i = 0; i < size; i++) {
            for (int column = 0; column < STORED_COLUMNS; column++) {
                columns[column] = in.readLong();
            }
            int row = table.row(columns[0], columns[1], columns[2], columns[3], (int) columns[4]);
            System.arraycopy(columns, PACKETS_OUT, table.rows, row * COLUMNS + PACKETS_OUT, COLUMNS - PACKETS_OUT);
        }
        table.addOther(in.readLong(), in.readLong());
        return table;
    }

    private void grow() {
        rows = Arrays.copyOf(rows, rows.length * 2);
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        int mask = slots.length - 1;
        for (int row = 0; row < size; row++) {
            int at = row * COLUMNS;
            int slot = hash(rows[at], rows[at + 1], rows[at + 2], rows[at + 3], (int) rows[at + 4]) & mask;
            while (slots[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = row;
        }
    }

    private static int hash(long initiatorHigh, long initiatorLow, long responderHigh, long responderLow, int service) {
        long h = (initiatorLow ^ Long.rotateLeft(initiatorHigh, 17)) * 0x9e37_79b9_7f4a_7c15L;
        h = (h ^ responderLow ^ Long.rotateLeft(responderHigh, 23)) * 0xc2b2_ae3d_27d4_eb4fL;
        h = (h ^ h >>> 29 ^ service) * SALT;
        return (int) (h >>> 32 ^ h);
    }
}
