package io.tripline.rules.probe.slowscan;

import io.tripline.rules.engine.Thresholds;

/**
 * How many failures {@link SlowScan} remembers at most.
 *
 * @param firsts actors of whom one failure is remembered; half as many again where another one was seen before
 * @param further failures of actors of whom more than one is remembered; half as many again in the worst case
 * @param once actors of whom it is known for at least this many others that they failed once, see {@link FailedOnce}
 */
public record FailureLimits(int firsts, int further, int once) {
    /** Of one instance of the operator: about 60 MB, 70 MB and 20 MB. */
    public static final FailureLimits DEFAULT = new FailureLimits(1 << 17, 1 << 18, 1 << 22);

    public FailureLimits {
        Thresholds.check()
                .between("firsts", firsts, 1, 1 << 28)
                .between("further", further, 1, 1 << 28)
                .between("once", once, 1, 1 << 24)
                .end();
    }

    /** What each of so many rooms gets. */
    FailureLimits among(int rooms) {
        return new FailureLimits(share(firsts, rooms), share(further, rooms), share(once, rooms));
    }

    private static int share(int all, int rooms) {
        return Math.max(1, (all + rooms - 1) / rooms);
    }
}
