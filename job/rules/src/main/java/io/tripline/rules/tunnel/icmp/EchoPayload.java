package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.tunnel.SlowWindow;
import io.tripline.schemas.Echo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One payload that echo messages of a pair carried, however often. What tells payloads apart is the digest behind the first 16 bytes, where ping
 * puts the time; ping's own patterns (a ramp, one byte over and over) are no payload at all.
 */
public final class EchoPayload implements SlowWindow.Entry<EchoPayload> {
    /** Data of usual pings is below this, bytes. */
    public static final int TELLING_SIZE = 64;

    /** Data whose entropy is at least this share of what its length allows may be encrypted or compressed, thousandths. */
    public static final int HIGH_ENTROPY = 900;

    private static final int PATTERN = 1 | 2;
    private static final int TIME = 4;
    private static final int REPEATING = 8;

    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    /** Thousandths of {@code log2 n}, up to a byte's 8 bits. */
    private static final int[] MOST_ENTROPY = new int[257];

    static {
        for (int i = 2; i < MOST_ENTROPY.length; i++) {
            MOST_ENTROPY[i] = (int) Math.round(1_000 * StrictMath.log(i) / StrictMath.log(2));
        }
    }

    private final long hash;
    private final long blocks;
    private final int size;
    private final int entropyShare;
    private int bits;
    private long first;
    private long last;

    private EchoPayload(long hash, long blocks, int size, int entropyShare, int bits, long first, long last) {
        this.hash = hash;
        this.blocks = blocks;
        this.size = size;
        this.entropyShare = entropyShare;
        this.bits = bits;
        this.first = first;
        this.last = last;
    }

    /** The payload of an echo that has {@link #content}. */
    static EchoPayload of(Echo echo, boolean request, long time) {
        int bits = (request ? REQUEST : REPLY) | (echo.getPattern() & REPEATING);
        return new EchoPayload(content(echo), echo.getBlocks(), echo.getSize(), entropyShare(echo), bits, time, time);
    }

    /** What tells an echo's payload from others; 0 where it carries nothing but a ping's pattern or time. */
    static long content(Echo echo) {
        if ((echo.getPattern() & PATTERN) != 0) {
            return 0;
        }
        return echo.getBody() != 0 ? echo.getBody() : (echo.getPattern() & TIME) != 0 ? 0 : echo.getDigest();
    }

    /** Whether one echo alone looks like a tunnel's: long enough, no ping's pattern, entropy high for its length. */
    public static boolean isTelling(Echo echo) {
        return echo.getRead() >= TELLING_SIZE && content(echo) != 0 && entropyShare(echo) >= HIGH_ENTROPY;
    }

    private static int entropyShare(Echo echo) {
        int most = MOST_ENTROPY[Math.min(256, echo.getRead())];
        return most == 0 ? 0 : Math.min(1_000, Math.max(0, echo.getEntropy()) * 1_000 / most);
    }

    @Override
    public long hash() {
        return hash;
    }

    /** A digest of each eighth, a byte each. */
    public long blocks() {
        return blocks;
    }

    /** Bytes of data. */
    public int size() {
        return size;
    }

    /** Entropy as a share of what the length allows, thousandths. */
    public int entropyShare() {
        return entropyShare;
    }

    public boolean requested() {
        return (bits & REQUEST) != 0;
    }

    public boolean replied() {
        return (bits & REPLY) != 0;
    }

    /** Whether it repeats a short pattern, as {@code ping -p} does. */
    public boolean repeating() {
        return (bits & REPEATING) != 0;
    }

    /** Stream time at which it was first seen, microseconds. */
    public long first() {
        return first;
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public void merge(EchoPayload other) {
        bits |= other.bits;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(hash);
        out.writeLong(blocks);
        out.writeInt(size);
        out.writeInt(entropyShare);
        out.writeInt(bits);
        out.writeLong(first);
        out.writeLong(last);
    }

    public static EchoPayload read(DataInput in) throws IOException {
        return new EchoPayload(
                in.readLong(), in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readLong());
    }
}
