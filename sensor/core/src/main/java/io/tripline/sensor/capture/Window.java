package io.tripline.sensor.capture;

import java.io.Closeable;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of contiguous bytes that moves over a capture from front to back, so that one parser reads files and
 * streams alike.
 *
 * <p>What lies before {@link #position()} is gone once {@link #ensure} has to move the window; until then it stays in
 * place. Memory is bounded by the window's own size and the largest {@code ensure}, whatever the capture's length.
 */
abstract class Window implements Closeable {
    /** The bytes; an index stands for another byte after each {@link #ensure}. Reads outside are bounds-checked. */
    final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** Offset in the capture of the buffer's first byte. */
    protected long base;

    /** Index in the buffer of the next byte. */
    protected int position;

    /** Index in the buffer behind the last byte that is there. */
    protected int limit;

    /** Why the bytes end before their time; null as long as they do not. */
    protected @Nullable String damage;

    /**
     * Whether at least this many bytes are contiguous from {@link #position()} on; may move the window. False only
     * where the capture ends.
     */
    final boolean ensure(int bytes) throws IOException {
        return limit - position >= bytes || advance(bytes);
    }

    /** Moves the window so that as many bytes as asked for, or all that there are, are contiguous. */
    protected abstract boolean advance(int bytes) throws IOException;

    /** Passes over bytes that need not be contiguous. False where the capture ends first; it is then at its end. */
    abstract boolean skip(long bytes) throws IOException;

    /** Passes over bytes that {@link #ensure} has found. */
    final void pass(int bytes) {
        position += bytes;
    }

    final int position() {
        return position;
    }

    /** Bytes contiguous from {@link #position()}; after a failed {@link #ensure}, all that are left. */
    final int available() {
        return limit - position;
    }

    /** Offset of the next byte in the (decompressed) capture. */
    final long offset() {
        return base + position;
    }

    /** Offset behind the last byte in reach; after a failed {@link #ensure}, the end of what can be read. */
    final long end() {
        return base + limit;
    }

    final @Nullable String damage() {
        return damage;
    }

    /** Bytes of the medium consumed so far, before decompression. */
    abstract long consumed();
}
