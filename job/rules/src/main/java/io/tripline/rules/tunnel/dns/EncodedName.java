package io.tripline.rules.tunnel.dns;

import io.tripline.rules.tunnel.SlowWindow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One name that looks encoded, however often it was asked for. */
public final class EncodedName implements SlowWindow.Entry<EncodedName> {
    private final long hash;
    private final int length;
    private int bytes;
    private long last;

    EncodedName(long hash, int length, int bytes, long time) {
        this.hash = hash;
        this.length = length;
        this.bytes = bytes;
        this.last = time;
    }

    @Override
    public long hash() {
        return hash;
    }

    /** Characters before the domain. */
    public int length() {
        return length;
    }

    /** Bytes that it may carry. */
    public int bytes() {
        return bytes;
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public void merge(EncodedName other) {
        bytes = Math.max(bytes, other.bytes);
        last = Math.max(last, other.last);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(hash);
        out.writeInt(length);
        out.writeInt(bytes);
        out.writeLong(last);
    }

    public static EncodedName read(DataInput in) throws IOException {
        return new EncodedName(in.readLong(), in.readInt(), in.readInt(), in.readLong());
    }
}
