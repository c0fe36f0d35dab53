package io.tripline.sensor.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the spool, {@code NUMBER.spool}: eight bytes that say what it is, then records.
 *
 * <pre>
 * length of what follows the checksum (4)  CRC-32C of it (4)
 * packets (8)  discarded (8)  dropped (8)  number (8)
 * partition, -1 for any (4)  length of the name (2)  sensor's name in UTF-8  batch
 * </pre>
 *
 * All numbers are big-endian.
 */
final class SpoolSegment {
    static final int HEADER = 8;
    private static final long MAGIC = 0x54524950_53504c32L; // TRIPSPL2
    private static final int FRAME = 8;
    private static final int FIXED = 4 * Long.BYTES + Integer.BYTES + Short.BYTES;

    /** No batch is near as long; a longer one is damage. */
    private static final int LONGEST = 16 << 20;

    private static final Pattern NAME = Pattern.compile("([0-9]{10})\\.spool");

    private final Path file;
    private final long number;
    private final FileChannel channel;
    private long size;

    private SpoolSegment(Path file, FileChannel channel, long size) {
        this.file = file;
        this.number = number(file);
        this.channel = channel;
        this.size = size;
    }

    /** The segments in a folder, in order. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> NAME.matcher(name(path)).matches())
                    .sorted()
                    .toList();
        }
    }

    static long number(Path file) {
        return Long.parseLong(name(file).substring(0, 10));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static SpoolSegment create(Path folder, long number) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "%010d.spool", number));
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        SpoolSegment segment = new SpoolSegment(file, channel, 0);
        try {
            segment.append(ByteBuffer.allocate(HEADER).putLong(MAGIC).flip());
            return segment;
        } catch (IOException e) {
            segment.delete();
            throw e;
        }
    }

    /** A segment of an earlier run; one without the right header counts as empty. */
    static SpoolSegment reopen(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        boolean ours = fill(channel, header, 0) && header.flip().getLong() == MAGIC;
        return new SpoolSegment(file, channel, ours ? channel.size() : 0);
    }

    /** A batch as it stands in a segment. */
    static ByteBuffer record(Outgoing batch) {
        byte[] sensor = batch.sensor.getBytes(StandardCharsets.UTF_8);
        int length = FIXED + sensor.length + batch.bytes.length;
        ByteBuffer record = ByteBuffer.allocate(FRAME + length)
                .putInt(length)
                .putInt(0)
                .putLong(batch.packets)
                .putLong(batch.discarded)
                .putLong(batch.dropped)
                .putLong(batch.sequence)
                .putInt(batch.partition)
                .putShort((short) sensor.length)
                .put(sensor)
                .put(batch.bytes)
                .flip();
        return record.putInt(Integer.BYTES, checksum(record.array(), FRAME, length));
    }

    /**
     * Adds a record.
     *
     * @return where it ends
     * @throws IOException when the disk does not take it; then the segment is as before
     */
    long append(ByteBuffer record) throws IOException {
        long at = size;
        try {
            while (record.hasRemaining()) {
                at += channel.write(record, at);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        size = at;
        return size;
    }

    /** The record at a place; null where there is none, or not a whole one. */
    @Nullable
    Outgoing read(long offset) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME);
        if (offset + FRAME > size || !fill(channel, frame, offset)) {
            return null;
        }
        int length = frame.flip().getInt();
        if (length < FIXED || length > LONGEST || offset + FRAME + length > size) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(length);
        if (!fill(channel, record, offset + FRAME) || checksum(record.array(), 0, length) != frame.getInt()) {
            return null;
        }
        return batch(record.flip(), offset + FRAME + length);
    }

    private Outgoing batch(ByteBuffer record, long end) {
        long packets = record.getLong();
        long discarded = record.getLong();
        long dropped = record.getLong();
        long sequence = record.getLong();
        int partition = Math.max(Outgoing.ANY, record.getInt());
        byte[] sensor = new byte[Math.min(Short.toUnsignedInt(record.getShort()), record.remaining())];
        record.get(sensor);
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        Outgoing batch = new Outgoing(
                new String(sensor, StandardCharsets.UTF_8),
                packets,
                discarded,
                dropped,
                bytes,
                sequence,
                partition,
                false);
        batch.position = new Spool.Position(number, end);
        return batch;
    }

    private static boolean fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
        long at = offset;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    void truncate(long end) throws IOException {
        channel.truncate(end);
        size = end;
    }

    Path file() {
        return file;
    }

    long number() {
        return number;
    }

    long size() {
        return size;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    void close() throws IOException {
        channel.close();
    }
}
