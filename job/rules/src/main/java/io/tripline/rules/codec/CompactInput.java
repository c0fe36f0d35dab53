package io.tripline.rules.codec;

import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link CompactOutput} wrote. */
public final class CompactInput implements DataInput, Versioned {
    private final byte[] bytes;
    private final int version;
    private int at;

    /** What this program wrote. */
    public CompactInput(byte[] bytes) {
        this(bytes, LATEST);
    }

    private CompactInput(byte[] bytes, int version) {
        this.bytes = bytes;
        this.version = version;
    }

    /** What {@link CompactOutput#writeTo} wrote, in the format of what it stands in. */
    public static CompactInput readFrom(DataInput in, int most, String what) throws IOException {
        byte[] bytes = new byte[Stored.readSize(in, most, what)];
        in.readFully(bytes);
        return new CompactInput(bytes, in instanceof Versioned older ? older.version() : LATEST);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IOException("a number of more than 64 bits");
    }

    @Override
    public int readInt() throws IOException {
        return readUnsignedShort() << 16 | readUnsignedShort();
    }

    @Override
    public short readShort() throws IOException {
        return (short) readUnsignedShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return readUnsignedByte() << 8 | readUnsignedByte();
    }

    @Override
    public char readChar() throws IOException {
        return (char) readUnsignedShort();
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public boolean readBoolean() throws IOException {
        return readByte() != 0;
    }

    @Override
    public byte readByte() throws IOException {
        if (at == bytes.length) {
            throw new EOFException("nothing after byte " + at);
        }
        return bytes[at++];
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return readByte() & 0xff;
    }

    @Override
    public void readFully(byte[] into) throws IOException {
        readFully(into, 0, into.length);
    }

    @Override
    public void readFully(byte[] into, int offset, int length) throws IOException {
        if (length > bytes.length - at) {
            throw new EOFException(length + " bytes after byte " + at + " where " + (bytes.length - at) + " are left");
        }
        System.arraycopy(bytes, at, into, offset, length);
        at += length;
    }

    @Override
    public int skipBytes(int count) {
        int skipped = Math.max(0, Math.min(count, bytes.length - at));
        at += skipped;
        return skipped;
    }

    @Override
    public String readLine() throws IOException {
        return readUTF();
    }

    @Override
    public String readUTF() throws IOException {
        byte[] utf8 = new byte[Stored.readSize(this, Stored.TEXT_BYTES, "bytes of text")];
        readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
