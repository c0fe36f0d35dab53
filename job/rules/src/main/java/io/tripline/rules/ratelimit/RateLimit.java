package io.tripline.rules.ratelimit;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the user's own: more DNS queries, ICMP packets, conversations, bytes from one source within a time than are allowed.
 *
 * <p>Method. A count over a window that slides in up to {@link Limit#STEPS} steps, never over more than the window; above the limit an incident opens,
 * and it goes on while the count stays above. When it closes, counting begins anew. It says that a number was passed, and nothing of why.
 *
 * <p>Cost: one look-up for each packet that a limit counts; nothing where no limit is set. Memory: at most about 8 KB for each source under a limit,
 * forgotten when its window is empty, and at most {@link #MOST} of them in an instance; of more, only those are followed that send several packets
 * in a second, and what is refused is counted.
 *
 * <p>Cannot see: who stays just below; who spreads over many addresses, but where {@code prefix} counts them together; whose address is false.
 */
public final class RateLimit implements SubjectDetector<LimitKey, LimitCount, LimitState> {
    public static final String RULE = "rate-limit";

    /** Uid of the operator that hosts it. */
    public static final String UID = "rate-limit-rules";

    /** Sources under a limit that are followed at a time in one instance. */
    static final int MOST = 1 << 16;

    private static final int MOST_LIMITS = 32;

    /**
     * Thresholds.
     *
     * @param limits each with a name of its own; without any the rule does not run
     * @param quietAfter an incident is over after so long without a packet above the limit, 1 s to 1 day
     */
    public record Settings(List<Limit> limits, Duration quietAfter) implements Serializable {
        public static final Settings DEFAULT = new Settings(List.of(), Duration.ofMinutes(1));

        public Settings {
            limits = List.copyOf(limits);
            long names = limits.stream().map(Limit::name).distinct().count();
            Thresholds.check()
                    .between("limits", limits.size(), 0, MOST_LIMITS)
                    .holds("limits", names == limits.size(), "two of one name", "each of a name of its own")
                    .between("quietAfter", quietAfter, Duration.ofSeconds(1), Duration.ofDays(1))
                    .end();
        }
    }

    private final Settings settings;
    private final Decision decision;
    private final Map<String, Limit> limits = new HashMap<>();

    public RateLimit(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    /** The rule with these limits; each test is told to a trace. */
    public RateLimit(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        settings.limits().forEach(limit -> limits.put(limit.name(), limit));
    }

    @Override
    public LimitState newState() {
        return new LimitState();
    }

    @Override
    public void complete(
            long second, LimitKey subject, @Nullable LimitCount part, LimitState state, Consumer<Finding> findings) {
        Limit limit = limits.get(subject.limit());
        if (limit != null && part != null) {
            state.add(part, limit);
            judge(second, subject, part, limit, state);
        }
        tell(second, subject, state, findings);
        if (state.episode == null && (limit == null || second >= state.forgetAt())) {
            state.clear();
        }
    }

    private void judge(long second, LimitKey subject, LimitCount part, Limit limit, LimitState state) {
        long seen = state.count();
        long seconds = limit.window().toSeconds();
        if (!decision.about(subject, second).passes(limit.count(), seconds, seen, limit.above())) {
            return;
        }
        if (state.episode == null) {
            state.episode = open(second, limit, subject, state);
        } else {
            add(state.episode, part);
        }
        state.episode.becauseAtLeast(Reason.of(limit.count(), Long.toString(seconds), seen, limit.above()));
        LimitEvidence peak = state.peak;
        if (peak == null || seen > peak.seen()) {
            state.peak = new LimitEvidence(
                    limit.name(),
                    limit.count(),
                    limit.above(),
                    (int) limit.window().toSeconds(),
                    limit.network(subject.source()),
                    limit.severity(),
                    seen,
                    part.last(),
                    List.of());
        }
    }

    private Episode open(long second, Limit limit, LimitKey subject, LimitState state) {
        String scope = limit.single() ? limit.name() : limit.name() + " " + limit.network(subject.source());
        Episode episode = new Episode(scope, second, (int) settings.quietAfter().toSeconds());
        for (LimitState.Step step : state.steps()) {
            episode.add(step.first(), step.last(), step.packets(), step.bytes());
            episode.seenBy(step.sensors(), step.shift());
            frame(episode, step.frame());
        }
        return episode;
    }

    private static void add(Episode episode, LimitCount part) {
        episode.add(part.first(), part.last(), part.packets(), part.bytes());
        episode.seenBy(part.sensors(), part.clockShift());
        frame(episode, part.frame());
    }

    private static void frame(Episode episode, long frame) {
        if (frame != LimitCount.NO_FRAME) {
            episode.frame(frame);
        }
    }

    private static void tell(long second, LimitKey subject, LimitState state, Consumer<Finding> findings) {
        Episode episode = state.episode;
        LimitEvidence peak = state.peak;
        Stage stage = episode == null ? null : episode.due(second);
        if (episode == null || peak == null || stage == null) {
            return;
        }
        List<TargetCount> targets = new ArrayList<>(state.targets.entries());
        targets.sort(Comparator.comparingLong(TargetCount::count).reversed().thenComparing(TargetCount::target));
        findings.accept(episode.draft(stage, RULE, subject.source(), second)
                .targets(
                        state.targets.scaled(targets.size()),
                        targets.stream().map(TargetCount::target).toList())
                .approximate(state.targets.sampled())
                .detail(peak.with(targets.stream()
                        .limit(LimitEvidence.TOP)
                        .map(target -> new LimitEvidence.Top(target.target(), target.count()))
                        .toList()))
                .finding());
        if (stage == Stage.CLOSED) {
            state.clear();
        }
    }

    @Override
    public long wakeUp(LimitState state) {
        return state.episode != null ? state.episode.wakeUp() : state.forgetAt();
    }

    @Override
    public boolean isIdle(LimitState state) {
        return state.isEmpty();
    }

    @Override
    public void write(LimitState state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public LimitState read(DataInput in) throws IOException {
        return LimitState.read(in);
    }
}
