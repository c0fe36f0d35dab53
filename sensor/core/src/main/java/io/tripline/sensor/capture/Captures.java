package io.tripline.sensor.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Capture files as one stretch of packets: pcap and pcapng in all their variants, also inside gzip (seen by content,
 * not by name).
 *
 * <p>Several captures are one segment: their packets come in time order, each time from the capture whose next packet
 * is earliest. A folder stands for the captures right in it (not in folders inside it), by name; other files there are
 * passed over.
 *
 * <p>Files and streams are read through bounded buffers: memory does not grow with a capture's length. Packets come in
 * the order of their times where these are out of order by up to 10 s, see {@link TimeOrder}; of plain files only those
 * that are given later than they were read are copied, of streams all. Not for several threads.
 */
public final class Captures implements PacketSource {
    /** For all windows together, where captures are many. */
    private static final int WINDOWS = 64 * 1024 * 1024;

    private static final int SMALLEST_WINDOW = 16 * 1024;

    private final PacketSource source;
    private final Supplier<List<CaptureFile>> files;
    private final Supplier<TimeFaults> faults;

    private Captures(List<CaptureInput> inputs, int windowSize, boolean inOrder) {
        PacketSource unordered;
        if (inputs.size() == 1) {
            CaptureFile file = new CaptureFile(inputs.get(0), windowSize);
            unordered = file;
            files = () -> List.of(file);
        } else {
            MergedCaptures merged = new MergedCaptures(inputs, windowSize);
            unordered = merged;
            files = merged::files;
        }
        if (inOrder) {
            OrderedCaptures ordered = inputs.stream().allMatch(CaptureInput::plain)
                    ? new ScoutedCaptures(unordered, unordered(inputs, windowSize))
                    : new CopiedCaptures(unordered);
            source = ordered;
            faults = ordered::timeFaults;
        } else {
            source = unordered;
            faults = () -> TimeFaults.NONE;
        }
    }

    private static PacketSource unordered(List<CaptureInput> inputs, int windowSize) {
        return inputs.size() == 1 ? new CaptureFile(inputs.get(0), windowSize) : new MergedCaptures(inputs, windowSize);
    }

    /**
     * Opens captures. Nothing fails here: a name that leads to no capture is told by {@link #problems()} after the
     * first read.
     *
     * @param names files, folders, or {@code -} for standard input; at least one
     * @param standardInput what {@code -} stands for; stays open
     */
    public static Captures open(List<String> names, InputStream standardInput) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names is empty, must hold at least one capture");
        }
        List<CaptureInput> inputs = CaptureNames.inputs(names, standardInput);
        int size = Math.min(FileWindow.SIZE, WINDOWS / 2 / inputs.size());
        return new Captures(inputs, Math.max(SMALLEST_WINDOW, size), true);
    }

    /** Opens captures with windows of {@code windowSize} bytes each. */
    static Captures open(List<String> names, InputStream standardInput, int windowSize) {
        return new Captures(CaptureNames.inputs(names, standardInput), windowSize, true);
    }

    /** Opens captures whose packets come in file order; only several captures are merged by time. */
    static Captures unordered(List<String> names, InputStream standardInput, int windowSize) {
        return new Captures(CaptureNames.inputs(names, standardInput), windowSize, false);
    }

    /** Each capture file and what it gave so far, in the order of the names. */
    public List<CaptureSummary> files() {
        return files.get().stream().map(CaptureFile::summary).toList();
    }

    /** What was wrong with the times of packets so far, in all captures together. */
    public TimeFaults timeFaults() {
        return faults.get();
    }

    @Override
    public int read(PacketSink sink, int limit) throws IOException {
        return source.read(sink, limit);
    }

    @Override
    public List<CaptureProblem> problems() {
        return source.problems();
    }

    @Override
    public long problemCount() {
        return source.problemCount();
    }

    @Override
    public long position() {
        return source.position();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
