package io.tripline.sensor.capture;

import java.io.Closeable;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of contiguous bytes that moves over a capture from front to back, so that one parser reads mapped files and streams alike.
 *
 * <p>What lies before {@link #position()} is gone once {@link #ensure} has to move the window; until then it stays in place.
 * Memory is bounded by the window's own size and the largest {@code ensure}, whatever the capture's length.
 */
abstract class Window implements Closeable {
    /** Half of a small second-level cache. */
    private static final int STRETCH = 128 * 1024;

    private static final int LINE = 64;

    /** Index up to which {@link #fetch} has come. */
    private int fetched;

    /** The {@link #base} that this index goes with. */
    private long fetchedBase = -1;

    /** Keeps the compiler from leaving out the reads of {@link #fetch}. */
    @SuppressWarnings("UnusedVariable")
    private int fetchedSum;

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

    /** Whether at least this many bytes are contiguous from {@link #position()} on; may move the window. False only where the capture ends. */
    final boolean ensure(int bytes) throws IOException {
        return limit - position >= bytes || advance(bytes);
    }

    /** Moves the window so that as many bytes as asked for, or all that there are, are contiguous. */
    protected abstract boolean advance(int bytes) throws IOException;

    /** Passes over bytes that need not be contiguous. False where the capture ends first; it is then at its end. */
    abstract boolean skip(long bytes) throws IOException;

    /**
     * Loads the next stretch into the processor's cache, line by line, once the last one is used up. Headers lie a packet apart, where no
     * processor foresees them, and each would be waited for; a stretch in order is foreseen.
     */
    private void fetch() {
        int from = fetchedBase == base ? Math.max(position, fetched) : position;
        int to = Math.min(limit, position + STRETCH);
        fetchedBase = base;
        int sum = 0;
        for (int at = from; at < to; at += LINE) {
            sum += buffer.getByte(at);
        }
        fetchedSum += sum;
        fetched = to;
    }

    /** Passes over bytes that {@link #ensure} has found. */
    final void pass(int bytes) {
        position += bytes;
        if (position >= fetched || base != fetchedBase) {
            fetch();
        }
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

    /** Looks whether the bytes given out are still there; if not, {@link #damage()} says so. Moves nothing. */
    void verify() throws IOException {}

    /** Ends the window where {@link #verify()} found the capture to end now. */
    void trim() {}
}
