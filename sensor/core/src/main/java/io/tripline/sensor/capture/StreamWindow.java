package io.tripline.sensor.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current stretch of a stream in one reused array.
 *
 * <p>The array is at least twice the largest stretch asked for, so that moving what is left to its front costs at most
 * one copy of each byte.
 */
final class StreamWindow extends Window {
    static final int INITIAL_SIZE = 256 * 1024;

    private final InputStream in;
    private final @Nullable GzipInput compressed;
    private byte[] bytes;
    private boolean ended;

    StreamWindow(InputStream in, int size) {
        this.in = in;
        compressed = in instanceof GzipInput gzip ? gzip : null;
        bytes = new byte[size];
        buffer.wrap(bytes, 0, 0);
    }

    @Override
    protected boolean advance(int wanted) throws IOException {
        if (ended) {
            return false;
        }
        if (wanted > bytes.length - position) {
            makeRoom(wanted);
        }
        while (limit - position < wanted && !ended) {
            fill();
        }
        buffer.wrap(bytes, 0, limit);
        return limit - position >= wanted;
    }

    private void makeRoom(int wanted) {
        int kept = limit - position;
        byte[] target = bytes.length >= 2 * wanted ? bytes : new byte[2 * wanted];
        System.arraycopy(bytes, position, target, 0, kept);
        bytes = target;
        base += position;
        position = 0;
        limit = kept;
    }

    private void fill() throws IOException {
        try {
            int got = in.read(bytes, limit, bytes.length - limit);
            if (got < 0) {
                ended = true;
            } else {
                limit += got;
            }
        } catch (ZipException bad) {
            ended = true;
            damage = bad.getMessage();
        }
    }

    @Override
    boolean skip(long count) throws IOException {
        long left = count;
        while (left > available()) {
            left -= available();
            position = limit;
            if (!ensure(1)) {
                return false;
            }
        }
        position += (int) left;
        return true;
    }

    @Override
    long consumed() {
        return compressed == null ? offset() : compressed.consumed();
    }

    @Override
    public void close() throws IOException {
        in.close();
        base = offset();
        position = 0;
        limit = 0;
        buffer.wrap(0, 0);
        bytes = Arrays.copyOf(bytes, 0);
    }
}
