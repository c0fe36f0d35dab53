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
    private static final int SNAP_LENGTH = 65_535;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int RECORD_HEADER = 16;

    /** Ethernet pads a frame to this, without the frame check sequence that captures leave out. */
    private static final int SHORTEST_FRAME = 60;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
    private long micros;
    private long packets;
    private long bytes;
    private int end;

    CaptureWriter(Path file, long startMicros) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        micros = startMicros;
        buffer.putInt(MAGIC_MICROSECONDS).putShort((short) 2).putShort((short) 4);
        buffer.putLong(0).putInt(SNAP_LENGTH).putInt(LINKTYPE_ETHERNET);
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
        buffer.putInt(padded).putInt(padded);
        end = buffer.position() + padded;
        for (int at = buffer.position() + length; at < end; at++) {
            buffer.put(at, (byte) 0);
        }
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
