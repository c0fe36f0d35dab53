package io.tripline.rules.codec;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes long values into as few bytes as they need: groups of seven bits, small numbers of either sign first (zigzag). All else has its fixed
 * width, since libraries skip over it by width. {@link CompactInput} reads it.
 */
public final class CompactOutput implements DataOutput {
    private byte[] bytes = new byte[128];
    private int size;

    /** What was written, in an array of its own. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Writes a length of four bytes and what was written here, which can be skipped as a whole. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(size);
        out.write(bytes, 0, size);
    }

    /** Begins anew. */
    public void reset() {
        size = 0;
    }

    @Override
    public void writeLong(long value) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            write((int) rest | 0x80);
            rest >>>= 7;
        }
        write((int) rest);
    }

    @Override
    public void writeInt(int value) {
        writeShort(value >>> 16);
        writeShort(value);
    }

    @Override
    public void writeShort(int value) {
        write(value >>> 8);
        write(value);
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBoolean(boolean value) {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        write(value);
    }

    @Override
    public void write(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    @Override
    public void writeBytes(String text) throws IOException {
        Stored.writeText(text, this);
    }

    @Override
    public void writeChars(String text) throws IOException {
        Stored.writeText(text, this);
    }

    @Override
    public void writeUTF(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeInt(utf8.length);
        write(utf8);
    }
}
