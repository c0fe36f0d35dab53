package io.tripline.rules.sketch;

/**
 * How much of what two sensors counted is the same, as far as that can be told from what they have in common: sources, payloads, names. With
 * nothing in common they saw different packets, as taps at two uplinks do, and their counts add up. Where all that one saw is among what the other saw, as
 * behind one another on one path, the larger count is that of both.
 *
 * @param common how much both have
 * @param least how much the one has that has less, of the same measure; from 1
 */
public record Overlap(long common, long least) {
    /** All is the same, or nothing tells. */
    public static final Overlap FULL = new Overlap(1, 1);

    public Overlap {
        if (least < 1 || common < 0 || common > least) {
            throw new IllegalArgumentException("overlap of " + common + " in " + least);
        }
    }

    /** The overlap of two measures; full where one of them is nothing, so that nothing can be told. */
    public static Overlap of(long common, long one, long other) {
        long least = Math.min(one, other);
        return least == 0 ? FULL : new Overlap(common, least);
    }

    /** The count of both together. */
    public long combine(long one, long other) {
        long less = Math.min(one, other);
        // In two steps, so that no product leaves the range.
        return one + other - (less / least * common + less % least * common / least);
    }
}
