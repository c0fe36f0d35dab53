package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.network.HostPair;
import io.tripline.rules.tunnel.TunnelDetector;
import java.io.DataInput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

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
public final class IcmpTunnel extends TunnelDetector<HostPair, EchoActivity, EchoPayload, EchoHistory> {
    public static final String RULE = "icmp-tunnel";

    /** Of the operator that hosts this rule. */
    public static final String UID = "echo-pair-rules";

    private static final int MANY_PAYLOADS = 19;
    private static final int LARGE = 84;
    private static final int SIZES = 3;
    private static final int EIGHTHS = 8;
    private static final int MOST_EIGHTHS = 5;
    private static final int STAYING = 4;
    private static final int HALF = 49;

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
            Thresholds.check()
                    .between("window", window, Duration.ofSeconds(1), Duration.ofHours(24))
                    .between("payloads", payloads, 1, 1_000_000)
                    .between("slowWindow", slowWindow, Duration.ofSeconds(1), Duration.ofHours(24))
                    .notBelow("slowWindow", slowWindow, "window", window)
                    .between("slowPayloads", slowPayloads, 1, 1_000_000)
                    .between("score", score, 1, 1_000)
                    .end();
        }
    }

    private final int payloads;

    public IcmpTunnel(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public IcmpTunnel(Settings settings, DecisionTrace trace) {
        super(
                RULE,
                new Pace(settings.window(), settings.payloads(), false),
                new Pace(settings.slowWindow(), settings.slowPayloads(), true),
                settings.score(),
                trace);
        this.payloads = settings.payloads();
    }

    @Override
    public EchoHistory newState() {
        return new EchoHistory();
    }

    @Override
    protected Episode open(HostPair pair, long second) {
        return new Episode("", second, Episode.QUIET_SECONDS);
    }

    @Override
    protected boolean weigh(
            Decision signals, HostPair pair, EchoHistory history, Collection<EchoPayload> seen, Pace pace) {
        EchoShape shape = EchoShape.of(seen);
        PacketTotals totals = history.totals();
        long distinct = history.scaled(shape.distinct());
        if (!signals.signal(IcmpTunnelTestId.PAYLOADS, pace.about(), distinct, pace.least())) {
            return false;
        }
        signals.signal(IcmpTunnelTestId.MANY_PAYLOADS, distinct, MANY_PAYLOADS);
        long unlike = shape.answersUnlike() * (long) EchoDetail.LOST > shape.replies() ? shape.answersUnlike() : 0;
        boolean answers = signals.signal(IcmpTunnelTestId.ANSWERS, unlike, payloads);
        if (!signals.signal(IcmpTunnelTestId.CHANGING, shape.changingEighths(), MOST_EIGHTHS) && !answers) {
            signals.signal(IcmpTunnelTestId.STAYING, EIGHTHS - shape.changingEighths(), STAYING);
        }
        long surplus = totals.up() == 0 ? 0 : totals.down() - totals.up() * 5 / 4;
        signals.signal(IcmpTunnelTestId.REPLIES, surplus, payloads);
        signals.signal(IcmpTunnelTestId.ENTROPY, shape.highEntropyPercent(), HALF);
        signals.signal(IcmpTunnelTestId.SIZE, shape.meanSize(), LARGE);
        signals.signal(IcmpTunnelTestId.SIZES, shape.sizes(), SIZES);
        return true;
    }

    @Override
    protected Finding finding(Stage stage, long second, HostPair pair, EchoHistory history, Incident incident) {
        PacketTotals totals = history.totals();
        EchoShape shape = EchoShape.of(history.all());
        return incident.episode()
                .draft(stage, RULE, pair.initiator(), second)
                .targets(1, List.of(pair.responder()))
                .approximate(history.sampled())
                .answersSeen(totals.down() > 0)
                .detail(new EchoDetail(
                        incident.points(),
                        history.scaled(shape.distinct()),
                        totals.up(),
                        totals.down(),
                        history.scaled(shape.answersUnlike()),
                        totals.bytesUp(),
                        totals.bytesDown(),
                        shape.meanSize(),
                        shape.largest(),
                        shape.meanEntropyShare()))
                .finding();
    }

    @Override
    public EchoHistory read(DataInput in) throws IOException {
        return EchoHistory.read(in);
    }
}
