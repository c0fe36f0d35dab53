package io.tripline.rules;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.SecondClock;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All rules over a stream of batches, in the thread of the caller: the same folds, hosts and clock as in a job, without an engine. */
public final class LocalRules {
    private final SecondClock clock = new SecondClock();
    private final RuleShard shard;
    private final RuleFolds folds;
    private final Predicate<Address> actors;

    /** What comes of the batches. */
    public interface Output extends RuleShard.Output, ShardedRules.Traffic {
        @Override
        default void late(Late late) {}

        @Override
        default void minute(TrafficMinute minute) {}

        @Override
        default void event(IndicatorEvent event) {}
    }

    /** Rules that have seen nothing. */
    public LocalRules(JobSettings settings, Output output) {
        this(settings, FailureRooms.single(FailureLimits.DEFAULT), DecisionTrace.NONE, actor -> true, output);
    }

    /**
     * Rules that have seen nothing.
     *
     * @param rooms for what actors fail in
     * @param trace hears of each test
     * @param actors whom the rules about actors judge
     */
    public LocalRules(
            JobSettings settings, FailureRooms rooms, DecisionTrace trace, Predicate<Address> actors, Output output) {
        this.actors = actors;
        shard = new RuleShard(settings, rooms, trace, output, this::probed);
        folds = new RuleFolds(settings, new Folded(output));
    }

    private void probed(TargetProbes probes) {
        shard.add(RuleShard.kind(Subjects.PROBED_TARGETS), probes);
    }

    /** Takes in a batch, and judges all seconds that are complete with it. */
    public void add(PacketBatch batch) {
        folds.add(batch, Math.floorDiv(batch.getTime(), 1_000L));
        if (clock.advance(batch.getNewest())) {
            folds.flushThrough(clock.complete());
            judge(clock.complete());
        }
    }

    private void judge(long second) {
        shard.advance(second);
        shard.advanceProbedTargets(second);
    }

    /** Ends the stream: all that is open is closed. */
    public void finish() {
        folds.flush();
        judge(SecondClock.LAST);
    }

    /** The hosts of these rules. */
    public RuleShard shard() {
        return shard;
    }

    private final class Folded implements RuleFolds.Output {
        private final Output output;

        Folded(Output output) {
            this.output = output;
        }

        @Override
        public void activity(Activity activity) {
            if (actors.test(activity.actor())) {
                shard.add(RuleShard.ACTORS, activity);
            }
        }

        @Override
        public <P extends Part<?, P>> Consumer<P> parts(Subject<?, P, ?> subject) {
            int kind = RuleShard.kind(subject);
            return part -> shard.add(kind, part);
        }

        @Override
        public void minute(TrafficMinute minute) {
            output.minute(minute);
        }

        @Override
        public void event(IndicatorEvent event) {
            output.event(event);
        }
    }
}
