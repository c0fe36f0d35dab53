package io.tripline.sensor.flow;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tripline.schemas.Echo;
import io.tripline.sensor.decode.PacketView;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an echo carries (RFC 792; RFC 4443, 4.1): its size, entropy, digests and shape, but none of its bytes.
 *
 * <p>A ping puts the time into the first bytes and a fixed pattern behind them: a ramp (iputils, BSD, macOS), one byte
 * over and over (fping, BusyBox, tracert, hping3), letters (Windows) or what {@code -p} says. Up to a quarter of a
 * pattern may differ, since some monitors write a counter or a time into it. Cost: a few passes over the payload;
 * nothing is allocated but the record.
 */
final class EchoReader {
    /** Shapes, as the schema numbers them. */
    static final int RAMP = 1;

    static final int CONSTANT = 2;
    static final int TIME = 4;
    static final int PERIODIC = 8;

    /** Bytes at the front in which ping puts the time: two of eight on a 64-bit system. */
    private static final int TIME_BYTES = 16;

    private static final int LONGEST_PERIOD = 16;
    private static final long DAY_SECONDS = 86_400;
    private static final long NANOS = 1_000_000_000;

    private final PayloadEntropy entropy = new PayloadEntropy();

    /** What the echo carries. */
    @Nullable
    Echo read(PacketView view) {
        DirectBuffer buffer = view.buffer;
        int offset = view.payloadOffset;
        int read = buffer == null ? 0 : Math.max(0, Math.min(view.payloadCaptured, view.payloadLength));
        Echo echo = new Echo();
        echo.setIdentifier(view.icmpIdentifier);
        echo.setSequence(view.icmpSequence);
        echo.setSize(Math.max(0, view.payloadLength));
        echo.setRead(read);
        if (buffer != null && read > 0) {
            int skipped = read > TIME_BYTES ? TIME_BYTES : 0;
            int rest = read - skipped;
            echo.setEntropy(entropy.of(buffer, offset, read));
            echo.setDigest(PayloadDigest.of(buffer, offset, read));
            echo.setBody(skipped == 0 ? 0 : PayloadDigest.of(buffer, offset + skipped, rest));
            echo.setBlocks(PayloadDigest.ofEighths(buffer, offset + skipped, rest));
            echo.setPattern(shape(buffer, offset + skipped, rest) | time(buffer, offset, read, view.time / NANOS));
        }
        return echo;
    }

    private static int shape(DirectBuffer buffer, int offset, int length) {
        if (length < 2) {
            return length == 1 ? CONSTANT : 0;
        }
        int up = 0;
        int same = 0;
        int before = buffer.getByte(offset) & 0xff;
        for (int i = 1; i < length; i++) {
            int next = buffer.getByte(offset + i) & 0xff;
            if (next == ((before + 1) & 0xff) || (before == 'w' && next == 'a')) {
                up++;
            } else if (next == before) {
                same++;
            }
            before = next;
        }
        int pairs = length - 1;
        return (mostOf(up, pairs) ? RAMP : 0)
                | (mostOf(same, pairs) ? CONSTANT : 0)
                | (same == pairs || periodic(buffer, offset, length) ? PERIODIC : 0);
    }

    private static boolean mostOf(int count, int all) {
        return count * 4L >= all * 3L;
    }

    private static boolean periodic(DirectBuffer buffer, int offset, int length) {
        for (int period = 2; period <= LONGEST_PERIOD && period * 2 <= length; period++) {
            int i = period;
            while (i < length && buffer.getByte(offset + i) == buffer.getByte(offset + i - period)) {
                i++;
            }
            if (i == length) {
                return true;
            }
        }
        return false;
    }

    private static int time(DirectBuffer buffer, int offset, int length, long now) {
        if (length < Integer.BYTES) {
            return 0;
        }
        long little = buffer.getInt(offset, LITTLE_ENDIAN) & 0xffff_ffffL;
        long big = buffer.getInt(offset, BIG_ENDIAN) & 0xffff_ffffL;
        boolean behind = length >= Long.BYTES && near(buffer.getLong(offset, BIG_ENDIAN), now);
        return near(little, now) || near(big, now) || behind ? TIME : 0;
    }

    private static boolean near(long seconds, long now) {
        return seconds >= now - DAY_SECONDS && seconds <= now + DAY_SECONDS;
    }
}
