package io.tripline.rules.probe.slowscan;

import io.tripline.rules.probe.Contact;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * About how many distinct (target, service) pairs there were, in 64 bytes: linear counting (K. Whang, B. Vander-Zanden, H. Taylor, "A linear-time
 * probabilistic counting algorithm", TODS 1990). Within 5 % up to a few hundred; beyond 3,000 it counts no further.
 */
public final class DistinctCount {
    private static final int BITS = 512;

    private final long[] words = new long[BITS / Long.SIZE];

    public void add(Contact contact) {
        long hash = contact.target().high() * 0xc2b2_ae3d_27d4_eb4fL
                ^ contact.target().low();
        hash = (hash ^ contact.service() * 0xff51_afd7_ed55_8ccdL) * 0x9e37_79b9_7f4a_7c15L;
        hash = (hash ^ hash >>> 32) * 0xd6e8_feb8_6659_fd93L;
        int bit = (int) (hash >>> 40) & BITS - 1;
        words[bit >>> 6] |= 1L << bit;
    }

    public long count() {
        int set = 0;
        for (long word : words) {
            set += Long.bitCount(word);
        }
        int free = Math.max(1, BITS - set);
        return Math.round(-BITS * StrictMath.log((double) free / BITS));
    }

    public void write(DataOutput out) throws IOException {
        for (long word : words) {
            out.writeLong(word);
        }
    }

    public static DistinctCount read(DataInput in) throws IOException {
        DistinctCount count = new DistinctCount();
        for (int i = 0; i < count.words.length; i++) {
            count.words[i] = in.readLong();
        }
        return count;
    }
}
