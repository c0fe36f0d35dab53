package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one capture, whatever its format. Opens it at the first read and lets go of it at the end. */
final class CaptureFile implements PacketSource {
    /** Packets between two looks whether a mapped file is still as long as it was. */
    private static final int VERIFY_AFTER = 4096;

    private static final int MAGIC_SIZE = 4;

    private final CaptureInput input;
    private final int windowSize;
    private final ProblemLog problems;
    private final Tally tally = new Tally();
    private final long size;
    private @Nullable Window window;
    private @Nullable CaptureReader reader;
    private @Nullable CaptureFormat format;
    private int unverified;
    private boolean ended;
    private long position;

    CaptureFile(CaptureInput input, int windowSize) {
        this.input = input;
        this.windowSize = windowSize;
        problems = new ProblemLog(input.name());
        size = input.size();
    }

    /** The format of what a window stands on; null where it is no capture. */
    static @Nullable CaptureFormat formatOf(Window window) throws IOException {
        return window.ensure(MAGIC_SIZE)
                ? CaptureFormat.beginningWith(window.buffer.getInt(window.position(), ByteOrder.BIG_ENDIAN))
                : null;
    }

    /**
     * As the interface says; beyond that, the last packet stays in place until the next call if {@code limit} packets
     * were given.
     */
    @Override
    public int read(PacketSink sink, int limit) throws IOException {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit is " + limit + ", must be positive");
        }
        if (ended) {
            return 0;
        }
        long before = tally.packets();
        Window bytes = window;
        try {
            if (bytes == null) {
                bytes = open();
            }
            if (bytes == null || (reader == null && !begin(bytes)) || reader == null) {
                close();
                return 0;
            }
            return step(bytes, reader, sink, limit);
        } catch (InternalError fault) {
            explain(fault, bytes);
            close();
            return (int) (tally.packets() - before);
        }
    }

    private int step(Window bytes, CaptureReader from, PacketSink sink, int limit) throws IOException {
        bytes.trim();
        int given = from.read(sink, limit);
        unverified += given;
        if (given < limit || unverified >= VERIFY_AFTER) {
            unverified = 0;
            // Also the place where the virtual machine raises what it noticed of a shrunken file.
            bytes.verify();
        }
        if (given < limit) {
            close();
        }
        return given;
    }

    private @Nullable Window open() {
        try {
            window = input.open(windowSize);
        } catch (NoSuchFileException e) {
            problems.fatal(0, "no such file");
        } catch (AccessDeniedException e) {
            problems.fatal(0, "permission denied");
        } catch (IOException e) {
            problems.fatal(0, "cannot be opened: " + e.getMessage());
        }
        return window;
    }

    private boolean begin(Window bytes) throws IOException {
        CaptureFormat found = formatOf(bytes);
        if (found == null) {
            problems.end(bytes, 0, () -> whyNoCapture(bytes));
            return false;
        }
        format = found;
        CaptureReader begun = found == CaptureFormat.PCAPNG
                ? new PcapngReader(bytes, tally, problems)
                : new PcapReader(found, bytes, tally, problems);
        reader = begun;
        return begun.begin();
    }

    private static String whyNoCapture(Window bytes) {
        int there = bytes.available();
        if (there == 0) {
            return "the file is empty";
        }
        StringBuilder reason = new StringBuilder("not a capture file: begins with");
        for (int i = 0; i < Math.min(MAGIC_SIZE, there); i++) {
            reason.append(String.format(" %02x", bytes.buffer.getByte(bytes.position() + i) & 0xff));
        }
        return reason.toString();
    }

    /** A fault in mapped memory is the file's, not the program's; any other is thrown on. */
    private void explain(InternalError fault, @Nullable Window bytes) throws IOException {
        if (bytes == null || !isOfMappedMemory(fault)) {
            throw fault;
        }
        if (ended) {
            return; // It came late: all that there is was read and looked at.
        }
        bytes.verify();
        bytes.trim();
        String damage = bytes.damage();
        if (damage == null) {
            throw new IOException(input.name() + ": cannot be read near offset " + bytes.offset(), fault);
        }
        problems.fatal(bytes.end(), damage);
    }

    /** Whether the virtual machine raised it because of a mapped file that became shorter. */
    static boolean isOfMappedMemory(InternalError fault) {
        return String.valueOf(fault.getMessage()).contains("unsafe memory access");
    }

    CaptureSummary summary() {
        return tally.summary(input.name(), format);
    }

    @Override
    public List<CaptureProblem> problems() {
        return problems.problems();
    }

    @Override
    public long problemCount() {
        return problems.count();
    }

    @Override
    public long position() {
        return window == null ? position : window.consumed();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        reader = null;
        if (window != null) {
            position = window.consumed();
            window.close();
            window = null;
        }
    }
}
