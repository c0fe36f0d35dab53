package io.tripline.rules.flood.udp;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.FloodLook;
import io.tripline.rules.flood.FloodLook.Rate;
import io.tripline.rules.flood.FloodRule;
import io.tripline.rules.flood.FloodSettings;
import io.tripline.rules.flood.FloodWindow;
import io.tripline.rules.flood.Inflow;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.sketch.SourceSample;
import io.tripline.schemas.IpProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rule {@code udp-flood}: datagrams come to a target far faster than usual and next to nothing goes back, or answers come that nobody asked for.
 *
 * <p>Method: three looks at the same seconds. <i>Begun</i>: many conversations are begun and not answered, since each packet has another source
 * port or a false source address; services that are used answer. <i>Stream</i>: few conversations, one way. Media streams, logs and speed tests
 * look like that, so it takes ten times the rate, unless the target says that nobody listens; it is never more than doubtful. <i>Reflected</i>:
 * answers from 16 or more servers to questions that the target did not ask (T1498.002). This is the asymmetry of packet rates of T. M. Gil, M.
 * Poletto, "MULTOPS", USENIX Security 2001.
 *
 * <p>Small datagrams to many ports by few sources are a port scan and not a flood. At a tap that shows no answers, questions to a busy DNS server
 * look like a flood: they are called doubtful there.
 *
 * <p>Evasions: valid questions that the target answers; streams under ten times the rate; a slow rise over ten minutes. ATT&amp;CK T1498.001, T1498.002.
 */
public final class UdpFlood extends FloodRule {
    public static final String RULE = "udp-flood";

    /** Frames of this size on average are no probes of a scanner, bytes. */
    private static final int LARGE = 150;

    private static final int REFLECTORS = 15;

    /** Of the datagrams of a flood under many ports or addresses, so many at least begin a conversation, percent. */
    private static final int BEGUN_PERCENT = 20;

    private static final int MOST_PERCENT = 80;

    /** Of a stream's datagrams, so many at most are answered, percent: receivers' reports (RFC 3550) are fewer. */
    private static final int STREAM_ANSWERED_PERCENT = 2;

    private static final int STREAM_TIMES = 10;

    /**
     * When datagrams are a flood.
     *
     * @param window how long the rate is measured, whole seconds; less time is enough where the packets suffice
     * @param rate datagrams a second on average; ten times as many for a single stream
     * @param timesBaseline and so many times the target's own median
     * @param answeredPercent datagrams sent back for each hundred at most
     * @param persistentWindow how long a slower flood is measured
     * @param persistentRate conversations begun a second over that time
     */
    public record Settings(
            Duration window,
            long rate,
            int timesBaseline,
            int answeredPercent,
            Duration persistentWindow,
            long persistentRate)
            implements FloodSettings {
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(3), 1_000, 10, 10, Duration.ofSeconds(10), 300);

        public Settings {
            FloodSettings.check(window, rate, timesBaseline, persistentWindow, persistentRate)
                    .between("answeredPercent", answeredPercent, 0, 99)
                    .end();
        }
    }

    private static final Rate UNANSWERED =
            new Rate(UdpFloodTestId.UNANSWERED, UdpFloodTestId.UNANSWERED_USUAL, Kind.UDP);
    private static final Rate UNASKED = new Rate(UdpFloodTestId.UNASKED, UdpFloodTestId.UNASKED_USUAL, Kind.REFLECTED);

    private final Settings settings;

    public UdpFlood(Settings settings) {
        super(RULE, settings);
        this.settings = settings;
    }

    @Override
    public long suspicious(Inflow inflow) {
        return Math.max(
                unanswered(inflow.packets(Kind.UDP), inflow.count(Count.UDP_ANSWERED)),
                unasked(inflow.packets(Kind.REFLECTED), inflow.count(Count.AMPLIFIER_ASKED)));
    }

    @Override
    public @Nullable Crossing judge(FloodLook look) {
        Crossing crossing = begun(look, pace().window(), pace().rate(), Sign.FULL);
        if (crossing == null) {
            crossing = reflected(look.afresh());
        }
        if (crossing == null) {
            crossing = stream(look.afresh());
        }
        return crossing != null
                ? crossing
                : begun(look.afresh(), pace().persistent(), pace().persistentRate(), Sign.PERSISTENT);
    }

    private @Nullable Crossing begun(FloodLook look, int seconds, long rate, Sign sign) {
        FloodWindow recent = look.last(seconds);
        long datagrams = recent.packets(Kind.UDP);
        long unanswered = unanswered(datagrams, recent.count(Count.UDP_ANSWERED));
        long begun = recent.count(Count.UDP_BEGUN);
        if (!look.fasterThan(UNANSWERED, unanswered, seconds, rate, pace().timesBaseline())
                || !look.above(
                        UdpFloodTestId.UNANSWERED_SHARE, unanswered * 100 / datagrams, 99 - settings.answeredPercent())
                || !look.above(UdpFloodTestId.BEGUN_SHARE, begun * 100 / datagrams, BEGUN_PERCENT)) {
            return null;
        }
        SourceSample sources = recent.sources(Kind.UDP);
        boolean small = recent.bytes(Kind.UDP) < datagrams * LARGE;
        if (small && recent.looksLikeScan(IpProtocol.UDP, datagrams, sources)) {
            return null;
        }
        boolean proved = recent.answersVisible() || recent.count(Count.UDP_REFUSED) > 0;
        boolean questions = recent.count(Count.UDP_QUESTIONS) * 100 > begun * MOST_PERCENT;
        if (sign == Sign.PERSISTENT && (questions || !proved)) {
            return null;
        }
        return look.crossing(questions && !proved ? Sign.DOUBTFUL : sign, Kind.UDP, seconds);
    }

    private @Nullable Crossing stream(FloodLook look) {
        FloodWindow recent = look.last(pace().window());
        long datagrams = recent.packets(Kind.UDP);
        long answered = recent.count(Count.UDP_ANSWERED);
        boolean refused = recent.count(Count.UDP_REFUSED) > 0 && answered == 0;
        SourceSample sources = recent.sources(Kind.UDP);
        return look.fasterThan(
                                UNANSWERED,
                                unanswered(datagrams, answered),
                                pace().window(),
                                pace().rate() * (refused ? 1 : STREAM_TIMES),
                                pace().timesBaseline())
                        && look.above(
                                UdpFloodTestId.UNANSWERED_SHARE,
                                (datagrams - answered) * 100 / datagrams,
                                99 - STREAM_ANSWERED_PERCENT)
                        && !(recent.bytes(Kind.UDP) < datagrams * LARGE
                                && recent.looksLikeScan(IpProtocol.UDP, datagrams, sources))
                ? look.crossing(refused ? Sign.PERSISTENT : Sign.DOUBTFUL, Kind.UDP, pace().window())
                : null;
    }

    private @Nullable Crossing reflected(FloodLook look) {
        FloodWindow recent = look.last(pace().window());
        long unasked = unasked(recent.packets(Kind.REFLECTED), recent.count(Count.AMPLIFIER_ASKED));
        return look.fasterThan(UNASKED, unasked, pace().window(), pace().rate(), pace().timesBaseline())
                        && look.above(
                                UdpFloodTestId.REFLECTORS,
                                recent.sources(Kind.REFLECTED).distinct(),
                                REFLECTORS)
                ? look.crossing(recent.answersVisible() ? Sign.FULL : Sign.DOUBTFUL, Kind.REFLECTED, pace().window())
                : null;
    }

    private static long unanswered(long datagrams, long answered) {
        return Math.max(0, datagrams - answered);
    }

    private static long unasked(long answers, long asked) {
        return Math.max(0, answers - asked);
    }
}
