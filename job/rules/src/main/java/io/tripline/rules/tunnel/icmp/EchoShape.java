package io.tripline.rules.tunnel.icmp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What the payloads of a window have in common.
 *
 * @param distinct different payloads, as far as sizes alone do not explain it
 * @param requests payloads among them that the initiator sent
 * @param replies payloads among them that the responder sent
 * @param answersUnlike payloads that only the responder sent, where requests are seen at all
 * @param changingEighths how many eighths of the payload take on many values
 * @param highEntropyPercent share of payloads with entropy high for their length
 * @param meanEntropyShare thousandths of what their length allows
 * @param meanSize bytes
 * @param sizes distinct sizes
 * @param largest bytes
 */
record EchoShape(
        int distinct,
        int requests,
        int replies,
        int answersUnlike,
        int changingEighths,
        int highEntropyPercent,
        int meanEntropyShare,
        int meanSize,
        int sizes,
        int largest) {
    private static final int EIGHTHS = 8;
    private static final int ENOUGH_VALUES = 32;

    static EchoShape of(Collection<EchoPayload> payloads) {
        List<BitSet> values = new ArrayList<>();
        for (int i = 0; i < EIGHTHS; i++) {
            values.add(new BitSet());
        }
        BitSet sizes = new BitSet();
        BitSet repeatingSizes = new BitSet();
        int repeating = 0;
        int requests = 0;
        int replies = 0;
        int unlike = 0;
        int high = 0;
        long entropy = 0;
        long bytes = 0;
        for (EchoPayload payload : payloads) {
            sizes.set(payload.size());
            if (payload.repeating()) {
                repeating++;
                repeatingSizes.set(payload.size());
            }
            requests += payload.requested() ? 1 : 0;
            replies += payload.replied() ? 1 : 0;
            unlike += payload.replied() && !payload.requested() ? 1 : 0;
            high += payload.entropyShare() >= EchoPayload.HIGH_ENTROPY ? 1 : 0;
            entropy += payload.entropyShare();
            bytes += payload.size();
            for (int i = 0; i < EIGHTHS; i++) {
                values.get(i).set((int) (payload.blocks() >>> (8 * i)) & 0xff);
            }
        }
        int count = Math.max(1, payloads.size());
        int many = Math.min(ENOUGH_VALUES, (count + 1) / 2);
        int changing = (int) values.stream()
                .filter(seen -> seen.cardinality() >= Math.max(2, many))
                .count();
        // One pattern in many sizes, as a search for the path MTU sends it, is one payload.
        int bySize = repeating == 0 ? 0 : Math.min(repeating, repeatingSizes.cardinality()) - 1;
        return new EchoShape(
                payloads.size() - bySize,
                requests,
                replies,
                requests == 0 ? 0 : unlike,
                changing,
                high * 100 / count,
                (int) (entropy / count),
                (int) (bytes / count),
                sizes.cardinality(),
                Math.max(0, sizes.length() - 1));
    }
}
