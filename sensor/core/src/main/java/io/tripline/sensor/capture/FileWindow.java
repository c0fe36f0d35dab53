package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.agrona.BufferUtil;

/**
 * Reads a plain file stretch by stretch into one reused buffer outside the heap. That costs less than mapping it: a
 * capture is passed once, and each of its pages would have to be mapped first.
 */
final class FileWindow extends Window {
    static final String SHRUNK = "the file became shorter while it was read";

    /** What is read at once should still be in the processor's cache when it is looked at. */
    static final int SIZE = 256 * 1024;

    private final FileChannel channel;
    private final long fileSize;
    private ByteBuffer bytes;

    /** @param size bytes read at once; more where one record needs it, and then enough that the next needs no other */
    FileWindow(FileChannel channel, int size) throws IOException {
        this.channel = channel;
        fileSize = channel.size();
        bytes = ByteBuffer.allocateDirect(size);
        buffer.wrap(bytes, 0, 0);
    }

    @Override
    protected boolean advance(int wanted) throws IOException {
        int there = limit - position;
        if (damage != null || fileSize - offset() <= there) {
            return false;
        }
        makeRoom(wanted);
        do {
            bytes.limit((int) Math.min(bytes.capacity(), fileSize - base));
            if (channel.read(bytes, base + bytes.position()) < 0) {
                damage = SHRUNK;
            }
        } while (damage == null && bytes.hasRemaining() && bytes.position() < wanted);
        limit = bytes.position();
        buffer.wrap(bytes, 0, limit);
        return limit >= wanted;
    }

    /** Puts what is left at the front, of a larger buffer where that is necessary. */
    private void makeRoom(int wanted) {
        ByteBuffer left = bytes.duplicate().limit(limit).position(position);
        if (bytes.capacity() < wanted) {
            bytes = ByteBuffer.allocateDirect(2 * wanted).put(left);
        } else {
            left.compact();
            bytes.clear().position(limit - position);
        }
        base += position;
        position = 0;
    }

    @Override
    boolean skip(long count) {
        if (count <= available()) {
            position += (int) count;
            return true;
        }
        long target = offset() + count;
        base = Math.min(target, fileSize);
        position = 0;
        limit = 0;
        buffer.wrap(bytes, 0, 0);
        return target <= fileSize;
    }

    @Override
    long consumed() {
        return offset();
    }

    @Override
    public void close() throws IOException {
        base = offset();
        position = 0;
        limit = 0;
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
        bytes = ByteBuffer.allocate(0);
        channel.close();
    }
}
