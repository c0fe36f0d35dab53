package io.tripline.sensor.capture;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads several captures as one, always going on with the one whose next packet is earliest; where times are equal,
 * with the one named first. The order inside a capture stays as it is, even where its times go backwards.
 *
 * <p>Only captures that overlap in time are open together, so a capture rotated into thousands of files is read with a
 * few of them open. Streams are open from the start.
 */
final class MergedCaptures implements PacketSource {
    private final List<MergeLane> lanes;
    private final PriorityQueue<MergeLane> waiting = new PriorityQueue<>();
    private @Nullable MergeLane head;
    private boolean begun;

    MergedCaptures(List<CaptureInput> inputs, int windowSize) {
        lanes = IntStream.range(0, inputs.size())
                .mapToObj(i -> new MergeLane(inputs.get(i), i, windowSize))
                .toList();
    }

    @Override
    public int read(PacketSink sink, int limit) throws IOException {
        if (!begun) {
            begun = true;
            begin();
        }
        int given = 0;
        while (given < limit && head != null) {
            MergeLane lane = head;
            if (lane.parked()) {
                lane.resume();
            } else {
                lane.give(sink);
                given++;
                lane.advance();
            }
            choose(lane);
        }
        return given;
    }

    private void begin() throws IOException {
        for (MergeLane lane : lanes) {
            lane.begin();
            if (lane.holding()) {
                waiting.add(lane);
            }
        }
        head = waiting.poll();
    }

    private void choose(MergeLane lane) {
        MergeLane next = waiting.peek();
        if (!lane.holding()) {
            head = waiting.poll();
        } else if (next != null && next.compareTo(lane) < 0) {
            head = waiting.poll();
            waiting.add(lane);
        }
    }

    List<CaptureFile> files() {
        return lanes.stream().map(MergeLane::file).toList();
    }

    @Override
    public List<CaptureProblem> problems() {
        return files().stream().flatMap(file -> file.problems().stream()).toList();
    }

    @Override
    public long problemCount() {
        return files().stream().mapToLong(CaptureFile::problemCount).sum();
    }

    @Override
    public long position() {
        return files().stream().mapToLong(CaptureFile::position).sum();
    }

    @Override
    public long size() {
        long sum = 0;
        for (CaptureFile file : files()) {
            if (file.size() < 0) {
                return -1;
            }
            sum += file.size();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        head = null;
        waiting.clear();
        begun = true;
        for (CaptureFile file : files()) {
            file.close();
        }
    }
}
