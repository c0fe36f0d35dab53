package io.tripline.rules.tunnel;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.PacketTotals;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A rule about tunnels: different things that a subject sends, such as names or payloads, are weighed by signals of which none decides alone; first
 * those of a short window, for a busy tunnel, then those of a long one, for a slow one.
 *
 * @param <K> what tells subjects apart
 * @param <P> what a subject did in a second
 * @param <E> what is counted
 * @param <W> what is remembered of a subject
 */
public abstract class TunnelDetector<K, P extends Part<K, P>, E extends SlowWindow.Entry<E>, W extends SlowWindow<P, E>>
        implements SubjectDetector<K, P, W> {
    /** A single thing is remembered for this part of the slow window. */
    private static final int SINGLE = 3;

    /**
     * How much is a tunnel.
     *
     * @param seconds within which things count
     * @param about the same as a text, for tests
     * @param least so many different things are not yet a tunnel
     * @param slow whether it is the long window
     */
    public record Pace(long seconds, String about, int least, boolean slow) {
        public Pace(Duration window, int least, boolean slow) {
            this(window.toSeconds(), Long.toString(window.toSeconds()), least, slow);
        }
    }

    private final Pace busy;
    private final Pace slow;
    private final int score;
    private final Decision decision;

    protected TunnelDetector(String rule, Pace busy, Pace slow, int score, DecisionTrace trace) {
        this.busy = busy;
        this.slow = slow;
        this.score = score;
        this.decision = new Decision(rule, trace);
    }

    /** Makes the tests for the signals; whether there is enough for points to be counted. */
    protected abstract boolean weigh(Decision signals, K subject, W window, Collection<E> seen, Pace pace);

    /** An incident that begins. */
    protected abstract Episode open(K subject, long second);

    /** What there is to tell. */
    protected abstract Finding finding(Stage stage, long second, K subject, W window, Incident incident);

    /** An open incident, as far as a finding needs it. */
    protected record Incident(Episode episode, int points) {}

    @Override
    public void complete(long second, K subject, @Nullable P part, W window, Consumer<Finding> findings) {
        window.forgetBefore(second - remembered(window) + 1);
        if (part != null) {
            PacketTotals seen = window.add(part);
            Episode episode = window.episode();
            if (episode == null) {
                judge(second, subject, window);
            } else {
                extend(episode, seen);
            }
        }
        tell(second, subject, window, findings);
    }

    /** A single thing is what all have, or anybody makes under false addresses; it is not remembered for long. */
    private long remembered(W window) {
        boolean single = window.all().size() <= 1 && !window.sampled();
        return single ? Math.max(busy.seconds(), slow.seconds() / SINGLE) : slow.seconds();
    }

    private void judge(long second, K subject, W window) {
        if (isTunnel(second, subject, window, window.since(second - busy.seconds() + 1), busy)
                || isTunnel(second, subject, window, window.all(), slow)) {
            Episode opened = open(subject, second);
            extend(opened, window.totals());
            decision.reasons().forEach(opened::because);
            window.open(opened);
        }
    }

    private boolean isTunnel(long second, K subject, W window, Collection<E> seen, Pace pace) {
        return weigh(decision.about(subject, second), subject, window, seen, pace)
                && decision.enough(TunnelTestId.POINTS, score);
    }

    private static void extend(Episode episode, PacketTotals seen) {
        episode.add(seen.first(), seen.last(), seen.packets(), seen.wireBytes());
        seen.frames().numbers().forEach(episode::frame);
        episode.seenBy(seen.sensors(), seen.clockShift());
    }

    private void tell(long second, K subject, W window, Consumer<Finding> findings) {
        Episode episode = window.episode();
        Stage stage = episode == null ? null : episode.due(second);
        if (episode == null || stage == null) {
            return;
        }
        findings.accept(finding(stage, second, subject, window, new Incident(episode, points(episode))));
        if (stage == Stage.CLOSED) {
            window.clear();
        }
    }

    private static int points(Episode episode) {
        return episode.reasons().stream()
                .filter(reason -> reason.is(TunnelTestId.POINTS))
                .mapToInt(reason -> (int) reason.value())
                .findFirst()
                .orElse(0);
    }

    @Override
    public long wakeUp(W window) {
        Episode episode = window.episode();
        return episode != null
                ? episode.wakeUp()
                : Math.floorDiv(window.totals().last(), 1_000_000L) + remembered(window);
    }

    @Override
    public boolean isIdle(W window) {
        return window.episode() == null && window.all().isEmpty();
    }

    @Override
    public void write(W window, DataOutput out) throws IOException {
        window.write(out);
    }
}
