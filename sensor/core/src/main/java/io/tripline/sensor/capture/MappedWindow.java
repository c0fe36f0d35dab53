package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Maps one stretch of a plain file after the other and unmaps each when it is passed, because mapped pages count as
 * memory of this process.
 *
 * <p>Where a file becomes shorter while it is mapped, reads behind its new end give zeros or raise
 * {@link InternalError} some time later; {@link #verify()} finds that out.
 */
final class MappedWindow extends Window {
    static final String SHRUNK = "the file became shorter while it was read";

    private final FileChannel channel;
    private final int size;
    private long fileSize;
    private @Nullable MappedByteBuffer mapped;

    /**
     * @param size bytes mapped at once; more where one record needs it, and then enough that the next needs no other
     */
    MappedWindow(FileChannel channel, int size) throws IOException {
        this.channel = channel;
        this.size = size;
        this.fileSize = channel.size();
    }

    @Override
    protected boolean advance(int bytes) throws IOException {
        verify();
        trim();
        long at = offset();
        long left = fileSize - at;
        if (limit - position < Math.min(left, bytes)) {
            map(at, (int) Math.min(Math.max(size, 2L * bytes), left));
        }
        return left >= bytes;
    }

    @Override
    boolean skip(long bytes) throws IOException {
        verify();
        trim();
        if (bytes <= available()) {
            position += (int) bytes;
            return true;
        }
        long target = offset() + bytes;
        map(Math.min(target, fileSize), 0);
        return target <= fileSize;
    }

    private void map(long at, int length) throws IOException {
        unmap();
        base = at;
        position = 0;
        if (length > 0) {
            mapped = channel.map(MapMode.READ_ONLY, at, length);
            buffer.wrap(mapped, 0, length);
            limit = length;
        }
    }

    private void unmap() {
        buffer.wrap(0, 0);
        limit = 0;
        if (mapped != null) {
            BufferUtil.free(mapped);
            mapped = null;
        }
    }

    @Override
    void verify() throws IOException {
        long now = channel.size();
        if (now < fileSize) {
            fileSize = now;
            damage = SHRUNK;
        }
    }

    @Override
    void trim() {
        if (fileSize < base) {
            unmap();
            base = fileSize;
            position = 0;
        } else if (fileSize < base + limit) {
            limit = (int) (fileSize - base);
            position = Math.min(position, limit);
            buffer.wrap(buffer, 0, limit);
        }
    }

    @Override
    long consumed() {
        return offset();
    }

    @Override
    public void close() throws IOException {
        long at = offset();
        unmap();
        base = at;
        position = 0;
        channel.close();
    }
}
