package io.tripline.sensor.flow;

/**
 * Both ends of a conversation in an order that does not depend on who sends. Reused from packet to packet.
 *
 * <p>{@code kind} is the IP protocol number, with more bits above it where one protocol has several sorts of
 * conversation.
 */
final class FlowKey {
    private static final long STIR_1 = 0x9e37_79b9_7f4a_7c15L;
    private static final long STIR_2 = 0xbf58_476d_1ce4_e5b9L;
    private static final long STIR_3 = 0x94d0_49bb_1331_11ebL;

    long firstHigh;
    long firstLow;
    long secondHigh;
    long secondLow;

    /** First end's port, second end's port and kind, 16 bits each, from the top; the lowest 16 bits are 0. */
    long ends;

    /** Whether the sender given to {@link #set} is the second end. */
    boolean senderSecond;

    void set(long fromHigh, long fromLow, int fromPort, long toHigh, long toLow, int toPort, int kind) {
        senderSecond = second(fromHigh, fromLow, fromPort, toHigh, toLow, toPort);
        if (senderSecond) {
            order(toHigh, toLow, toPort, fromHigh, fromLow, fromPort, kind);
        } else {
            order(fromHigh, fromLow, fromPort, toHigh, toLow, toPort, kind);
        }
    }

    private static boolean second(long fromHigh, long fromLow, int fromPort, long toHigh, long toLow, int toPort) {
        if (fromHigh != toHigh) {
            return fromHigh > toHigh;
        }
        return fromLow != toLow ? fromLow > toLow : fromPort > toPort;
    }

    private void order(long oneHigh, long oneLow, int onePort, long twoHigh, long twoLow, int twoPort, int kind) {
        firstHigh = oneHigh;
        firstLow = oneLow;
        secondHigh = twoHigh;
        secondLow = twoLow;
        ends = ((long) (onePort & 0xffff) << 48) | ((long) (twoPort & 0xffff) << 32) | ((long) (kind & 0xffff) << 16);
    }

    /** Every bit of the key moves about half of the result's bits (finaliser of SplitMix64 between the words). */
    long hash() {
        long hash = (firstLow * STIR_1) ^ Long.rotateLeft(secondLow * STIR_2, 29);
        hash = (hash ^ (hash >>> 32)) * STIR_3;
        hash += (firstHigh * STIR_2) ^ Long.rotateLeft(secondHigh * STIR_3, 31) ^ (ends * STIR_1);
        hash = (hash ^ (hash >>> 30)) * STIR_2;
        hash = (hash ^ (hash >>> 27)) * STIR_3;
        return hash ^ (hash >>> 31);
    }
}
