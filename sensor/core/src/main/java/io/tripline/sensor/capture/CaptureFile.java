package io.tripline.sensor.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one capture, whatever its format. Opens it at the first read and lets go of it at the end. */
final class CaptureFile implements PacketSource {
    private static final int MAGIC_SIZE = 4;

    private final CaptureInput input;
    private final int windowSize;
    private final ProblemLog problems;
    private final Tally tally = new Tally();
    private final long size;
    private @Nullable Window window;
    private @Nullable CaptureReader reader;
    private @Nullable CaptureFormat format;
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
        Window bytes = window == null ? open() : window;
        if (bytes == null || (reader == null && !begin(bytes)) || reader == null) {
            close();
            return 0;
        }
        int given = reader.read(sink, limit);
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
