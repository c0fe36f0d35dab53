package io.tripline.sensor.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Batches on disk for as long as the destination is away: first in, first out, bounded.
 *
 * <p>Segment files are only appended to, and deleted when all in them was published. Each record has a checksum, so
 * what a kill or a damaged disk left is recognised and passed over. How far reading came stands in a mapped file, which
 * the operating system keeps when this process is killed. Nothing is forced to the medium: a power failure may cost the
 * last seconds. Not for several threads.
 */
final class Spool implements AutoCloseable {
    private static final int SEGMENTS = 64;
    private static final long SMALLEST_SEGMENT = 64 << 10;

    private final Path folder;
    private final long capacity;
    private final Notices notices;
    private final FileChannel lockFile;
    private final UnsafeBuffer cursor;
    private final ArrayDeque<SpoolSegment> segments = new ArrayDeque<>();
    private final Map<String, Contents> found = new LinkedHashMap<>();
    private @Nullable SpoolSegment reading;
    private long readOffset;
    private final AtomicLong bytes = new AtomicLong();

    /** The end of a record, in a segment. */
    record Position(long segment, long offset) {
        long packed() {
            return segment << 32 | offset;
        }

        static Position unpacked(long packed) {
            return new Position(packed >>> 32, packed & 0xffff_ffffL);
        }
    }

    /** What the spool holds of one sensor. */
    record Contents(long packets, long discarded) {
        Contents plus(Contents more) {
            return new Contents(packets + more.packets, discarded + more.discarded);
        }
    }

    private Spool(Path folder, long capacity, Notices notices, FileChannel lockFile, UnsafeBuffer cursor) {
        this.folder = folder;
        this.capacity = capacity;
        this.notices = notices;
        this.lockFile = lockFile;
        this.cursor = cursor;
    }

    /**
     * Opens a spool, with what an earlier run left in it.
     *
     * @param capacity bytes that it may take
     * @throws IOException when the folder cannot be used, or another sensor uses it
     */
    @SuppressWarnings("try") // the lock lasts as long as its file is open
    static Spool open(Path folder, long capacity, Notices notices) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            lockFile.close();
            throw new IOException(folder + " is used by another sensor; give each its own with --spool");
        }
        Spool spool =
                new Spool(folder, capacity, notices, lockFile, MappedWords.open(folder.resolve("cursor"), Long.BYTES));
        spool.recover();
        return spool;
    }

    private void recover() throws IOException {
        Position from = Position.unpacked(cursor.getLong(0));
        for (Path file : SpoolSegment.files(folder)) {
            long number = SpoolSegment.number(file);
            if (number < from.segment()) {
                Files.delete(file);
                continue;
            }
            SpoolSegment segment = SpoolSegment.reopen(file);
            long begin = number == from.segment() ? Math.max(SpoolSegment.HEADER, from.offset()) : SpoolSegment.HEADER;
            if (segments.isEmpty()) {
                readOffset = begin;
                reading = segment;
            }
            segments.add(segment);
            scan(segment, begin);
            bytes.addAndGet(segment.size());
        }
        sweep();
    }

    private void scan(SpoolSegment segment, long begin) throws IOException {
        long size = segment.size();
        long at = Math.min(begin, size);
        for (Outgoing batch = segment.read(at); batch != null; batch = segment.read(at)) {
            found.merge(batch.sensor, new Contents(batch.packets, batch.discarded), Contents::plus);
            at = end(batch).offset();
        }
        if (at < size) {
            segment.truncate(at);
            notices.tell(
                    "spool-damage",
                    "spool: " + segment.file() + ": offset " + at + ": incomplete record; skipped " + (size - at)
                            + " bytes, their packets count as discarded");
        }
    }

    /** What an earlier run left, by sensor. */
    Map<String, Contents> found() {
        return found;
    }

    /** Adds a batch at the end; false where there is no room, or the disk does not take it. */
    boolean append(Outgoing batch) {
        ByteBuffer record = SpoolSegment.record(batch);
        int length = record.remaining();
        if (bytes.get() + length + SpoolSegment.HEADER > capacity) {
            notices.tell("spool-full", "spool: " + folder + " is full (" + capacity + " bytes); discarding batches");
            return false;
        }
        SpoolSegment last = segments.peekLast();
        try {
            if (last == null || last.size() + length > segmentSize()) {
                last = begin();
            }
            batch.position = new Position(last.number(), last.append(record));
            bytes.addAndGet(length);
            return true;
        } catch (IOException e) {
            notices.tell(
                    "spool-write",
                    "spool: cannot write to " + folder + ": " + Reasons.of(e)
                            + "; discarding batches until there is room");
            return false;
        }
    }

    private SpoolSegment begin() throws IOException {
        SpoolSegment last = segments.peekLast();
        long number = 1 + (last == null ? Position.unpacked(cursor.getLong(0)).segment() : last.number());
        SpoolSegment segment = SpoolSegment.create(folder, number);
        segments.add(segment);
        bytes.addAndGet(segment.size());
        if (reading == null) {
            reading = segment;
            readOffset = SpoolSegment.HEADER;
        }
        return segment;
    }

    private long segmentSize() {
        return Math.max(SMALLEST_SEGMENT, Math.min(capacity / SEGMENTS, 1 << 28));
    }

    /** The next batch to publish; null where there is none now. */
    @Nullable
    Outgoing next() {
        while (reading != null) {
            try {
                Outgoing batch = reading.read(readOffset);
                if (batch != null) {
                    readOffset = end(batch).offset();
                    return batch;
                }
                if (readOffset < reading.size()) {
                    notices.tell(
                            "spool-damage",
                            "spool: " + reading.file() + ": offset " + readOffset
                                    + ": incomplete record; skipped the rest of this file");
                    readOffset = reading.size();
                }
            } catch (IOException e) {
                notices.tell("spool-read", "spool: cannot read " + reading.file() + ": " + Reasons.of(e));
            }
            SpoolSegment following = after(reading);
            if (following == null) {
                return null;
            }
            reading = following;
            readOffset = SpoolSegment.HEADER;
        }
        return null;
    }

    /** Goes on reading behind all that was appended: the publisher has these batches in memory. */
    void skipToEnd() {
        reading = segments.peekLast();
        readOffset = reading == null ? 0 : reading.size();
    }

    private @Nullable SpoolSegment after(SpoolSegment segment) {
        return segments.stream()
                .filter(other -> other.number() > segment.number())
                .findFirst()
                .orElse(null);
    }

    /** All batches up to this place are published, or given up. */
    void consumed(Position end) {
        cursor.putLongOrdered(0, end.packed());
        sweep();
    }

    /** Deletes segments that are published whole. */
    private void sweep() {
        Position done = Position.unpacked(cursor.getLong(0));
        SpoolSegment first = segments.peekFirst();
        while (first != null
                && (first.number() < done.segment()
                        || (first.number() == done.segment() && done.offset() >= first.size())
                        || first.size() <= SpoolSegment.HEADER)) {
            segments.removeFirst();
            bytes.addAndGet(-first.size());
            if (first == reading) {
                reading = segments.peekFirst();
                readOffset = SpoolSegment.HEADER;
            }
            try {
                first.delete();
            } catch (IOException e) {
                notices.tell("spool-delete", "spool: cannot delete " + first.file() + ": " + Reasons.of(e));
            }
            first = segments.peekFirst();
        }
    }

    /** Whether all that was appended has been read. */
    boolean isRead() {
        SpoolSegment at = reading;
        return at == null || (readOffset >= at.size() && after(at) == null);
    }

    /** Bytes that it may take: as many as it was given, or as the file system has room for, if that is less. */
    long capacity() {
        try {
            return Math.min(capacity, bytes.get() + Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return capacity;
        }
    }

    /** Bytes on disk. */
    long bytes() {
        return bytes.get();
    }

    private static Position end(Outgoing batch) {
        Position position = batch.position;
        if (position == null) {
            throw new IllegalStateException("a batch read from the spool has no end");
        }
        return position;
    }

    @Override
    public void close() throws IOException {
        for (SpoolSegment segment : segments) {
            segment.close();
        }
        lockFile.close();
    }
}
