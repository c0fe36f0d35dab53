package io.tripline.sensor.capture;

import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One of several captures that are merged, with its next packet, which stays where it lies in the capture. */
final class MergeLane implements PacketSink, Comparable<MergeLane> {
    private final CaptureInput input;
    private final int number;
    private final int windowSize;
    private CaptureFile file;
    private boolean parked;
    private boolean holding;
    private long time;
    private int linkType;
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int offset;
    private int captured;
    private int length;

    /** @param number place among the captures, decides where times are equal */
    MergeLane(CaptureInput input, int number, int windowSize) {
        this.input = input;
        this.number = number;
        this.windowSize = windowSize;
        file = new CaptureFile(input, windowSize);
    }

    /** Looks at the time of the first packet. What can be opened again is closed until that time has come. */
    void begin() throws IOException {
        advance();
        if (holding && input.reopenable()) {
            file.close();
            file = new CaptureFile(input, windowSize);
            parked = true;
        }
    }

    /** Whether only the time of the next packet is known. */
    boolean parked() {
        return parked;
    }

    /** Opens the capture again at its first packet. */
    void resume() throws IOException {
        parked = false;
        advance();
    }

    void advance() throws IOException {
        holding = file.read(this, 1) > 0;
    }

    /** Whether there is a next packet. */
    boolean holding() {
        return holding;
    }

    void give(PacketSink sink) {
        sink.packet(time, linkType, buffer, offset, captured, length);
    }

    CaptureFile file() {
        return file;
    }

    @Override
    public void packet(
            long packetTime, int packetLinkType, DirectBuffer bytes, int start, int capturedLength, int wireLength) {
        time = packetTime;
        linkType = packetLinkType;
        buffer = bytes;
        offset = start;
        captured = capturedLength;
        length = wireLength;
    }

    @Override
    public int compareTo(MergeLane other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }
}
