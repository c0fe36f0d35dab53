package io.tripline.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a pcap file of Ethernet frames with microsecond time stamps, through one large buffer. A frame is announced
 * with its length and then put into {@link #begin the buffer} in network byte order.
 */
final class CaptureWriter implements Closeable {
    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    /** Longer than any frame. */
    static final int WHOLE = 65_535;

    private static final int LINKTYPE_ETHERNET = 1;
    private static final int RECORD_HEADER = 16;

    /** Ethernet pads a frame to this, without the frame check sequence that captures leave out. */
    private static final int SHORTEST_FRAME = 60;

    private final FileChannel channel;
    private final int snapLength;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
    private long micros;
    private long packets;
    private long bytes;
    private int end;

    /**
     * A capture that is still empty.
     *
     * @param snapLength so many bytes of each frame are written, as captures with a snap length do
     */
    CaptureWriter(Path file, long startMicros, int snapLength) throws IOException {
        this.snapLength = snapLength;
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        micros = startMicros;
        buffer.putInt(MAGIC_MICROSECONDS).putShort((short) 2).putShort((short) 4);
        buffer.putLong(0).putInt(snapLength).putInt(LINKTYPE_ETHERNET);
        end = buffer.position();
    }

    /** Moves the capture clock on by so many microseconds. */
    void advance(long by) {
        micros += by;
    }

    /** Opens a frame of {@code length} bytes, padded where Ethernet would, and gives the place to put it. */
    ByteBuffer begin(int length) throws IOException {
        int padded = Math.max(length, SHORTEST_FRAME);
        buffer.position(end);
        if (buffer.remaining() < RECORD_HEADER + padded) {
            flush();
        }
        buffer.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000));
        int kept = Math.min(padded, snapLength);
        buffer.putInt(kept).putInt(padded);
        for (int at = length; at < padded; at++) {
            buffer.put(buffer.position() + at, (byte) 0);
        }
        end = buffer.position() + kept; // the next frame is written over what is not kept
        packets++;
        bytes += padded;
        return buffer;
    }

    long packets() {
        return packets;
    }

    /** Bytes of all frames, without the headers of the file. */
    long bytes() {
        return bytes;
    }

    private void flush() throws IOException {
        buffer.position(end).flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
        end = 0;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
