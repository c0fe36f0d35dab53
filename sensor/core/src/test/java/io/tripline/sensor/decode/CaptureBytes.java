package io.tripline.sensor.decode;

import io.tripline.sensor.capture.PacketSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a well-formed capture into memory, independently of what the program reads captures with. */
final class CaptureBytes {
    private static final int PCAPNG = 0x0a0d0d0a;

    private record Interface(int linkType, double nanosPerTick) {}

    private CaptureBytes() {}

    /** Gives every packet of a pcap or pcapng file, gzipped or not, to the sink. */
    static void read(Path file, PacketSink sink) {
        ByteBuffer bytes = ByteBuffer.wrap(content(file));
        if (bytes.getInt(0) == PCAPNG) {
            pcapng(bytes, sink);
        } else {
            pcap(bytes, sink);
        }
    }

    private static byte[] content(Path file) {
        try {
            byte[] raw = Files.readAllBytes(file);
            if (raw.length > 2 && raw[0] == 0x1f && (raw[1] & 0xff) == 0x8b) {
                try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(raw))) {
                    return unzipped.readAllBytes();
                }
            }
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pcap(ByteBuffer bytes, PacketSink sink) {
        int magic = bytes.getInt(0);
        boolean big = magic == 0xa1b2c3d4 || magic == 0xa1b23c4d;
        bytes.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long unit = bytes.getInt(0) == 0xa1b23c4d ? 1 : 1000;
        int linkType = bytes.getInt(20) & 0xffff;
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int at = 24; at + 16 <= bytes.capacity(); ) {
            int captured = bytes.getInt(at + 8);
            if (captured > bytes.capacity() - at - 16) {
                return;
            }
            long time = bytes.getInt(at) * 1_000_000_000L + bytes.getInt(at + 4) * unit;
            sink.packet(time, linkType, buffer, at + 16, captured, bytes.getInt(at + 12));
            at += 16 + captured;
        }
    }

    private static void pcapng(ByteBuffer bytes, PacketSink sink) {
        List<Interface> interfaces = new ArrayList<>();
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int at = 0; at + 12 <= bytes.capacity(); ) {
            if (bytes.getInt(at) == PCAPNG) {
                bytes.order(ByteOrder.BIG_ENDIAN);
                bytes.order(bytes.getInt(at + 8) == 0x1a2b3c4d ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                interfaces.clear();
            }
            int length = bytes.getInt(at + 4);
            switch (bytes.getInt(at)) {
                case 1 -> interfaces.add(description(bytes, at, length));
                case 3 ->
                    sink.packet(0, interfaces.get(0).linkType(), buffer, at + 12, length - 16, bytes.getInt(at + 8));
                case 6 -> {
                    Interface of = interfaces.get(bytes.getInt(at + 8));
                    long ticks = ((long) bytes.getInt(at + 12) << 32) | (bytes.getInt(at + 16) & 0xffff_ffffL);
                    long time = (long) (ticks * of.nanosPerTick());
                    sink.packet(time, of.linkType(), buffer, at + 28, bytes.getInt(at + 20), bytes.getInt(at + 24));
                }
                default -> {}
            }
            at += length;
        }
    }

    private static Interface description(ByteBuffer bytes, int at, int length) {
        double nanosPerTick = 1000;
        for (int option = at + 16; option + 4 <= at + length - 4; ) {
            int size = bytes.getShort(option + 2) & 0xffff;
            if (bytes.getShort(option) == 9) {
                int resolution = bytes.get(option + 4) & 0xff;
                nanosPerTick =
                        1e9 / ((resolution & 0x80) != 0 ? Math.pow(2, resolution & 0x7f) : Math.pow(10, resolution));
            }
            option += 4 + ((size + 3) & ~3);
        }
        return new Interface(bytes.getShort(at + 8) & 0xffff, nanosPerTick);
    }
}
