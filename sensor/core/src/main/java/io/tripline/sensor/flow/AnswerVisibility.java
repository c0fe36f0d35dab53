package io.tripline.sensor.flow;

/**
 * Whether this tap shows the answers to what it sees.
 *
 * <p>Weighs conversations that were seen answered against those that provably went on although no answer was seen; both
 * are halved every ten minutes, so that a change of cabling shows.
 */
final class AnswerVisibility {
    private static final long HALF_LIFE = 600 * StreamClock.SECOND;

    /** Fixed point, so that a single conversation is not forgotten by its first halving. */
    private static final long ONE = 1L << 20;

    private long answered;
    private long unseen;
    private long halvings;

    void answered() {
        answered += ONE;
    }

    void unseen() {
        unseen += ONE;
    }

    /**
     * Lets old proof count less; before that of a new batch is added.
     *
     * @param newest newest stream time, microseconds
     */
    void age(long newest) {
        long due = newest / HALF_LIFE;
        int shift = (int) Math.min(63, Math.max(0, due - halvings));
        answered >>>= shift;
        unseen >>>= shift;
        halvings = due;
    }

    /** False as long as nothing proves that answers are seen. */
    boolean answersVisible() {
        return answered > unseen;
    }
}
