package io.tripline.rules;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.KeyGroups;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.SecondClock;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All rules over a stream of batches, as {@link LocalRules}, with subjects shared out among threads by key: the thread of the caller folds, each of the
 * others judges its share. What is found does not depend on how many threads there are, nor on how they run.
 *
 * <p>Memory beside the rules' own: at most {@value RuleThread#WAITING} times {@value RuleWork#PARTS} parts wait for each thread, and what was probed in a
 * second among threads.
 */
public final class ShardedRules implements AutoCloseable {
    private final SecondClock clock = new SecondClock();
    private final RuleThread[] threads;
    private final RuleWork[] open;
    private final RuleFolds folds;

    /** Hears of what is counted beside the rules. */
    public interface Traffic {
        void minute(TrafficMinute minute);

        void event(IndicatorEvent event);
    }

    /**
     * Rules that have seen nothing, and threads that wait.
     *
     * @param shares how many threads judge, 1 to {@value KeyGroups#GROUPS}
     * @param found makes what hears of one thread's findings; those about an incident all come from one
     * @param traffic hears, in the thread of the caller, of traffic and indicators
     */
    public ShardedRules(JobSettings settings, int shares, Supplier<? extends RuleShard.Output> found, Traffic traffic) {
        threads = new RuleThread[shares];
        open = new RuleWork[shares];
        for (int i = 0; i < shares; i++) {
            int share = i;
            RuleShard.Output output = found.get();
            threads[share] = new RuleThread(share, shares, probes -> rules(settings, share, shares, output, probes));
            open[share] = new RuleWork(RuleWork.FOLDED);
        }
        Arrays.stream(threads).forEach(thread -> thread.start(threads));
        folds = new RuleFolds(settings, new Folded(traffic));
    }

    private static RuleShard rules(
            JobSettings settings, int share, int shares, RuleShard.Output output, Consumer<TargetProbes> probes) {
        int first = KeyGroups.first(share, shares);
        int groups = KeyGroups.first(share + 1, shares) - first;
        FailureRooms rooms = new FailureRooms(FailureLimits.DEFAULT, KeyGroups::of, first, groups);
        return new RuleShard(settings, rooms, DecisionTrace.NONE, output, probes);
    }

    /**
     * Takes in a batch; all seconds that are complete with it will be judged.
     *
     * @throws IllegalStateException if a rule failed
     */
    public void add(PacketBatch batch) throws InterruptedException {
        folds.add(batch, Math.floorDiv(batch.getTime(), 1_000L));
        if (clock.advance(batch.getNewest())) {
            folds.flushThrough(clock.complete());
            hand(clock.complete());
        }
        for (int share = 0; share < open.length; share++) {
            if (open[share].isFull()) {
                hand(share, RuleWork.OPEN);
            }
        }
    }

    /** Ends the stream, and waits until all is judged: all that is open is closed. */
    public void finish() throws InterruptedException {
        folds.flush();
        hand(SecondClock.LAST);
        for (RuleThread thread : threads) {
            thread.join();
        }
    }

    private void hand(long through) throws InterruptedException {
        for (int share = 0; share < open.length; share++) {
            hand(share, through);
        }
    }

    private void hand(int share, long through) throws InterruptedException {
        threads[share].put(open[share].through(through));
        open[share] = new RuleWork(RuleWork.FOLDED);
    }

    /** Stops the threads, whatever they have not judged yet. */
    @Override
    public void close() {
        for (RuleThread thread : threads) {
            thread.stop();
        }
    }

    private final class Folded implements RuleFolds.Output {
        private final Traffic traffic;

        Folded(Traffic traffic) {
            this.traffic = traffic;
        }

        @Override
        public void activity(Activity activity) {
            add(RuleShard.ACTORS, activity);
        }

        @Override
        public <P extends Part<?, P>> Consumer<P> parts(Subject<?, P, ?> subject) {
            int kind = RuleShard.kind(subject);
            return part -> add(kind, part);
        }

        private void add(int kind, Part<?, ?> part) {
            open[KeyGroups.share(part.subject(), open.length)].add(kind, part);
        }

        @Override
        public void minute(TrafficMinute minute) {
            traffic.minute(minute);
        }

        @Override
        public void event(IndicatorEvent event) {
            traffic.event(event);
        }
    }
}
