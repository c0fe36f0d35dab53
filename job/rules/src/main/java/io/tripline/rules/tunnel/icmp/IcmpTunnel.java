package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.engine.Signals;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.network.HostPair;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds data inside ICMP echo between two hosts.
 *
 * <p><b>Method.</b> An echo reply must repeat its request (RFC 792; RFC 4443, 4.2), and every ping sends the same bytes again and again behind its
 * time stamp. So the question is not how random a payload looks but how many different ones a pair exchanges, after ping's own patterns are put
 * aside. Where more than a few differ, signals are added up: how many there are; whether all of the payload changes or only a field of it; whether
 * replies carry what no request did; whether replies outnumber requests; entropy high for the length; data larger than usual; sizes that vary.
 * No signal but the first is needed, and none but answers of their own is enough.
 *
 * <p><b>Why so.</b> Entropy alone fails both ways: {@code ping -s 1400} reaches 7.99 bits a byte, hexadecimal text 3.3. Sampled digests count
 * distinct payloads in bounded memory, and a digest of each eighth tells a monitor's counter from data.
 *
 * <p><b>Cost</b> one map access a message that has a payload, and a pass over at most 256 payloads a second of a pair. <b>Memory</b> at most 25 kB a
 * pair, nothing for ordinary ping; a pair with a single payload is forgotten after a third of the slow window.
 *
 * <p><b>Evasions.</b> Data only in the first 16 bytes, or behind three quarters of padding; fewer different payloads than asked for; the same few
 * payloads as code words; time between packets; other ICMP types. <b>Not told apart:</b> monitors that fill echo with new random bytes each time.
 *
 * @see <a href="https://attack.mitre.org/techniques/T1095/">ATT&amp;CK T1095</a>
 * @see <a href="https://attack.mitre.org/techniques/T1572/">ATT&amp;CK T1572</a>
 */
public final class IcmpTunnel implements SubjectDetector<HostPair, EchoActivity, EchoHistory> {
    public static final String RULE = "icmp-tunnel";

    /** Of the operator that hosts this rule. */
    public static final String UID = "echo-pair-rules";

    private static final int MANY_PAYLOADS = 19;
    private static final int LARGE = 84;
    private static final int SIZES = 3;
    private static final int MOST_EIGHTHS = 5;
    private static final int HALF = 49;

    /** A single payload is remembered for this part of the slow window. */
    private static final int SINGLE = 3;

    /**
     * Thresholds.
     *
     * @param window in which payloads of a busy pair are counted
     * @param payloads distinct payloads in that window that must be exceeded
     * @param slowWindow in which payloads of a slow pair are counted
     * @param slowPayloads distinct payloads in the slow window that must be exceeded
     * @param score points of all signals that must be exceeded
     */
    public record Settings(Duration window, int payloads, Duration slowWindow, int slowPayloads, int score)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(Duration.ofSeconds(60), 4, Duration.ofMinutes(30), 11, 49);

        public Settings {
            require(window.toSeconds() > 0, "window", window, "must be at least a second");
            require(slowWindow.compareTo(window) >= 0, "slowWindow", slowWindow, "must not be shorter than window");
            require(payloads > 0, "payloads", payloads, "must be positive");
            require(slowPayloads > 0, "slowPayloads", slowPayloads, "must be positive");
            require(score > 0, "score", score, "must be positive");
        }

        private static void require(boolean holds, String name, Object value, String rule) {
            if (!holds) {
                throw new IllegalArgumentException(name + ": " + value + ", " + rule);
            }
        }
    }

    private final Settings settings;
    private final Trials trials;
    private final long window;
    private final long slowWindow;

    public IcmpTunnel(Settings settings) {
        this(settings, Trials.NONE);
    }

    public IcmpTunnel(Settings settings, Trials trials) {
        this.settings = settings;
        this.trials = trials;
        this.window = settings.window().toSeconds();
        this.slowWindow = settings.slowWindow().toSeconds();
    }

    @Override
    public EchoHistory newState() {
        return new EchoHistory();
    }

    @Override
    public void complete(
            long second, HostPair pair, @Nullable EchoActivity part, EchoHistory history, Consumer<Finding> findings) {
        history.forgetBefore(second - remembered(history) + 1);
        if (part != null) {
            PacketTotals seen = part.totals();
            history.add(part);
            Episode episode = history.episode();
            if (episode == null) {
                judge(second, pair, history);
            } else {
                extend(episode, seen);
            }
        }
        tell(second, pair, history, findings);
    }

    /** Under false addresses anybody can make a pair of each packet; those are not remembered for long. */
    private long remembered(EchoHistory history) {
        boolean single = history.all().size() <= 1 && !history.sampled();
        return single ? Math.max(window, slowWindow / SINGLE) : slowWindow;
    }

    private void judge(long second, HostPair pair, EchoHistory history) {
        List<EchoPayload> recent = history.since(second - window + 1);
        Signals signals = weigh(second, pair, history, recent, settings.window(), settings.payloads());
        if (signals == null) {
            signals = weigh(second, pair, history, history.all(), settings.slowWindow(), settings.slowPayloads());
        }
        if (signals != null) {
            Episode opened = new Episode("", second, Episode.QUIET_SECONDS);
            extend(opened, history.totals());
            signals.reasons().forEach(opened::because);
            history.episode(opened);
        }
    }

    private static void extend(Episode episode, PacketTotals seen) {
        episode.add(seen.first(), seen.last(), seen.packets(), seen.wireBytes());
        seen.frames().numbers().forEach(episode::frame);
        episode.seenBy(seen.sensors(), seen.clockShift());
    }

    private @Nullable Signals weigh(
            long second,
            HostPair pair,
            EchoHistory history,
            Collection<EchoPayload> payloads,
            Duration during,
            int least) {
        EchoShape shape = EchoShape.of(payloads);
        PacketTotals totals = history.totals();
        Signals signals = new Signals(trials, RULE, pair.toString(), second);
        long distinct = history.scaled(shape.distinct());
        if (!signals.above("different payloads in " + during.toSeconds() + " s", distinct, least, 20)) {
            return null;
        }
        signals.above("different payloads: many", distinct, MANY_PAYLOADS, 10);
        long unlike = shape.answersUnlike() * (long) EchoDetail.LOST > shape.replies() ? shape.answersUnlike() : 0;
        boolean answers = signals.above("payloads of replies that no request carried", unlike, settings.payloads(), 40);
        if (!signals.above("eighths of the payload that change", shape.changingEighths(), MOST_EIGHTHS, 30)
                && !answers) {
            signals.above("eighths of the payload that stay as they are", 8 - shape.changingEighths(), 4, -30);
        }
        long surplus = totals.up() == 0 ? 0 : totals.down() - totals.up() * 5 / 4;
        signals.above("replies beyond five for four requests", surplus, settings.payloads(), 15);
        signals.above("percent of payloads with entropy high for their length", shape.highEntropyPercent(), HALF, 25);
        signals.above("mean size of payloads, bytes", shape.meanSize(), LARGE, 15);
        signals.above("sizes of payloads", shape.sizes(), SIZES, 15);
        return signals.enough(settings.score()) ? signals : null;
    }

    private void tell(long second, HostPair pair, EchoHistory history, Consumer<Finding> findings) {
        Episode episode = history.episode();
        if (episode == null) {
            return;
        }
        Stage stage = episode.due(second);
        if (stage == null) {
            return;
        }
        PacketTotals totals = history.totals();
        EchoShape shape = EchoShape.of(history.all());
        findings.accept(episode.draft(stage, RULE, pair.initiator(), second)
                .targets(1, List.of(pair.responder()))
                .approximate(history.sampled())
                .answersSeen(totals.down() > 0)
                .detail(new EchoDetail(
                        points(episode),
                        history.scaled(shape.distinct()),
                        totals.up(),
                        totals.down(),
                        history.scaled(shape.answersUnlike()),
                        totals.bytesUp(),
                        totals.bytesDown(),
                        shape.meanSize(),
                        shape.largest(),
                        shape.meanEntropyShare()))
                .finding());
        if (stage == Stage.CLOSED) {
            history.clear();
        }
    }

    private static int points(Episode episode) {
        return (int) episode.reasons().get(0).value();
    }

    @Override
    public long wakeUp(EchoHistory history) {
        Episode episode = history.episode();
        if (episode != null) {
            return episode.wakeUp();
        }
        return Math.floorDiv(history.totals().last(), 1_000_000L) + remembered(history);
    }

    @Override
    public boolean isIdle(EchoHistory history) {
        return history.episode() == null && history.all().isEmpty();
    }

    @Override
    public void write(EchoHistory history, DataOutput out) throws IOException {
        history.write(out);
    }

    @Override
    public EchoHistory read(DataInput in) throws IOException {
        return EchoHistory.read(in);
    }
}
