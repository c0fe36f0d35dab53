package io.tripline.sensor.decode;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a packet that no header has claimed yet.
 *
 * <p>Two counts, because they tell different things: {@link #declared} is what the headers so far say there should be,
 * {@link #available} what the capture holds of it. A header that does not fit the first is a lie, one that does not fit
 * the second was cut off.
 */
final class Cursor {
    /** Stands where no packet is. */
    static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    DirectBuffer buffer = NOTHING;
    int offset;
    int available;
    int declared;

    void reset(DirectBuffer buffer, int offset, int available, int declared) {
        if (this.buffer != buffer) {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.available = available;
        this.declared = Math.max(available, declared);
    }

    /** Goes past a header, or past what there is of it. */
    void skip(int bytes) {
        int captured = Math.min(bytes, available);
        offset += captured;
        available -= captured;
        declared = Math.max(0, declared - bytes);
    }

    /** What follows has this many bytes; the rest is padding, or missing. */
    void limit(int bytes) {
        declared = bytes;
        available = Math.min(available, bytes);
    }
}
