package io.tripline.rules.network;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Services (see {@link Service}) of one target, exact: a handful in a small array, more in a compressed bitmap of at most 8 KiB for each
 * transport.
 */
public final class ServiceSet {
    private static final int FEW = 8;
    private static final int MOST = 1 << 18;

    private int[] few = new int[1];
    private int size;
    private @Nullable RoaringBitmap many;

    public void add(int service) {
        if (many != null) {
            many.add(service);
            return;
        }
        for (int i = 0; i < size; i++) {
            if (few[i] == service) {
                return;
            }
        }
        if (size == FEW) {
            RoaringBitmap bitmap = RoaringBitmap.bitmapOf(few);
            bitmap.add(service);
            many = bitmap;
            return;
        }
        if (size == few.length) {
            few = Arrays.copyOf(few, Math.min(FEW, size * 2));
        }
        few[size++] = service;
    }

    /** Adds all of another set; the other is left as it is. */
    public void addAll(ServiceSet other) {
        if (other.many != null) {
            RoaringBitmap bitmap = bitmap();
            bitmap.or(other.many);
            many = bitmap;
        } else {
            for (int i = 0; i < other.size; i++) {
                add(other.few[i]);
            }
        }
    }

    /** How many are of a transport. */
    public long count(int transport) {
        if (many != null) {
            return many.rangeCardinality((long) transport << 16, (transport + 1L) << 16);
        }
        long count = 0;
        for (int i = 0; i < size; i++) {
            count += Service.transport(few[i]) == transport ? 1 : 0;
        }
        return count;
    }

    /** Those of a transport, in a set of the caller's own. */
    public RoaringBitmap of(int transport) {
        RoaringBitmap range = new RoaringBitmap();
        range.add((long) transport << 16, (transport + 1L) << 16);
        range.and(bitmap());
        return range;
    }

    private RoaringBitmap bitmap() {
        return many != null ? many : RoaringBitmap.bitmapOf(Arrays.copyOf(few, size));
    }

    /** Stores runs of services as runs. Not left to {@link #write}: a snapshot writes while another thread reads. */
    public void compact() {
        if (many != null) {
            many.runOptimize();
        }
    }

    /** Writes the set and leaves it as it is. */
    public void write(DataOutput out) throws IOException {
        if (many == null) {
            out.writeInt(size);
            for (int i = 0; i < size; i++) {
                out.writeInt(few[i]);
            }
        } else {
            out.writeInt(-1);
            many.serialize(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static ServiceSet read(DataInput in) throws IOException {
        ServiceSet set = new ServiceSet();
        int size = in.readInt();
        if (size < 0) {
            RoaringBitmap bitmap = new RoaringBitmap();
            bitmap.deserialize(in);
            if (bitmap.getCardinality() > MOST) {
                throw new IOException(bitmap.getCardinality() + " services of one target");
            }
            set.many = bitmap;
        } else if (size > FEW) {
            throw new IOException(size + " services where 0 to " + FEW + " are possible");
        }
        for (int i = 0; i < size; i++) {
            set.add(in.readInt());
        }
        return set;
    }
}
