package io.tripline.rules.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Texts and sizes in stored state, read with bounds: damaged bytes give an {@link IOException}, never a huge allocation. */
public final class Stored {
    /** No text in stored state has more bytes. */
    public static final int TEXT_BYTES = 4 << 20;

    private Stored() {}

    /**
     * Writes a text as a 4-byte length and UTF-8. {@link DataOutput#writeUTF} fails beyond 65,535 bytes, and sensors name
     * themselves.
     *
     * @throws IOException if it has more than {@link #TEXT_BYTES}
     */
    public static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        checked(bytes.length, TEXT_BYTES, "bytes of text");
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[readSize(in, TEXT_BYTES, "bytes of text")];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes a constant by its name, so that others may come before it. */
    public static void writeName(Enum<?> constant, DataOutput out) throws IOException {
        writeText(constant.name(), out);
    }

    public static <E extends Enum<E>> E readName(Class<E> type, DataInput in) throws IOException {
        String name = readText(in);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IOException("no " + type.getSimpleName() + " has the name that was stored");
    }

    /**
     * Whether what is read was written in a format with this number or a later one; an input that does not say was written by this program.
     * A field that is new in format 2 is read so: {@code resets = Stored.isSince(2, in) ? in.readLong() : 0}.
     */
    public static boolean isSince(int format, DataInput in) {
        return !(in instanceof Versioned older) || older.version() >= format;
    }

    /** Skips what a reader of today has no use for. */
    public static void skip(int bytes, DataInput in) throws IOException {
        for (int left = bytes; left > 0; ) {
            int skipped = in.skipBytes(left);
            if (skipped <= 0) {
                throw new EOFException(left + " bytes are missing");
            }
            left -= skipped;
        }
    }

    /** Reads how many things follow. */
    public static int readSize(DataInput in, int most, String what) throws IOException {
        return checked(in.readInt(), most, what);
    }

    /** The size of something, where it is possible. */
    public static int checked(int size, int most, String what) throws IOException {
        if (size < 0 || size > most) {
            throw new IOException(size + " " + what + " where 0 to " + most + " are possible");
        }
        return size;
    }
}
