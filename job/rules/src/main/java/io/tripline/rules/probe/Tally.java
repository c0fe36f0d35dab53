package io.tripline.rules.probe;

/**
 * Counts what became of distinct things that an actor tried. Where the window is sampled, one kept thing stands for several, so that the
 * counts are estimates; {@link #sample} says how many things they rest on.
 */
public final class Tally {
    private long tried;
    private long failed;
    private long unseen;
    private long sample;

    /**
     * Adds one.
     *
     * @param weight how many it stands for
     * @param counts whether it counts as failed where it failed
     */
    public void add(ProbeOutcome outcome, int weight, boolean counts) {
        tried += outcome == ProbeOutcome.EXPIRED ? 0 : weight;
        if (outcome.failed() && counts) {
            failed += weight;
            sample++;
        } else if (outcome == ProbeOutcome.UNSEEN) {
            unseen += weight;
            sample++;
        }
    }

    /** Tried, less what died on its way. */
    public long tried() {
        return tried;
    }

    public long failed() {
        return failed;
    }

    public long unseen() {
        return unseen;
    }

    /** How many kept things the counts of failed and unseen ones rest on. */
    public long sample() {
        return sample;
    }
}
