package io.tripline.rules;

import io.tripline.rules.engine.KeyGroups;
import io.tripline.rules.engine.SecondClock;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges one share of all subjects in a thread of its own. What its actors probe is told to the threads that judge the targets: a second of these is complete
 * when every thread has told what was probed in it.
 */
final class RuleThread {
    /** Lots of folded parts that wait for a thread before the folds have to wait. */
    static final int WAITING = 32;

    private final int share;
    private final RuleShard shard;
    private final Semaphore room = new Semaphore(WAITING);
    private final LinkedBlockingQueue<RuleWork> work = new LinkedBlockingQueue<>();
    private final RuleWork[] probes;
    private final long[] told;
    private final Thread thread;
    private RuleThread[] all = {};
    private long probesJudged = RuleWork.OPEN;
    private volatile @Nullable Throwable failure;

    /**
     * A thread that was not started.
     *
     * @param rules makes its rules with who takes what its actors probed
     */
    RuleThread(int share, int shares, Function<Consumer<TargetProbes>, RuleShard> rules) {
        this.share = share;
        probes = new RuleWork[shares];
        Arrays.setAll(probes, to -> new RuleWork(share));
        told = new long[shares];
        Arrays.fill(told, RuleWork.OPEN);
        shard = rules.apply(this::probed);
        thread = new Thread(this::run, "rules-" + share);
        thread.setDaemon(true);
    }

    void start(RuleThread[] threads) {
        all = threads;
        thread.start();
    }

    private void probed(TargetProbes target) {
        probes[KeyGroups.share(target.subject(), probes.length)].add(target);
    }

    /**
     * Hands over parts of the folds; waits while too many wait already.
     *
     * @throws IllegalStateException if the thread has failed
     */
    void put(RuleWork parts) throws InterruptedException {
        room.acquire();
        check();
        work.add(parts);
    }

    private void run() {
        try {
            for (boolean more = true; more; ) {
                RuleWork next = work.take();
                if (next.from == RuleWork.FOLDED) {
                    folded(next);
                } else {
                    probed(next);
                }
                more = probesJudged != SecondClock.LAST;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            // Whoever waits for room or for what this thread would have told learns of it.
            room.release(Integer.MAX_VALUE / 2);
            for (RuleThread other : all) {
                other.thread.interrupt();
            }
        }
    }

    private void folded(RuleWork parts) {
        parts.addTo(shard);
        room.release();
        if (parts.through() == RuleWork.OPEN) {
            return;
        }
        shard.advance(parts.through());
        for (int to = 0; to < probes.length; to++) {
            RuleWork mine = probes[to].through(parts.through());
            probes[to] = new RuleWork(share);
            if (to == share) {
                probed(mine);
            } else {
                all[to].work.add(mine);
            }
        }
    }

    private void probed(RuleWork targets) {
        targets.addTo(shard);
        told[targets.from] = targets.through();
        long complete = Long.MAX_VALUE;
        for (long through : told) {
            complete = Math.min(complete, through);
        }
        if (complete > probesJudged) {
            probesJudged = complete;
            shard.advanceProbedTargets(complete);
        }
    }

    /** Waits until all is judged. */
    void join() throws InterruptedException {
        thread.join();
        check();
    }

    private void check() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("rules failed", cause);
        }
    }

    /** Stops, whatever waits. */
    void stop() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
