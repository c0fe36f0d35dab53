package io.tripline.rules.flood.syn;

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
 * Rule {@code syn-flood}: TCP handshakes are begun at a target far faster than usual and never completed by who began them.
 *
 * <p>Method: SYNs against handshakes that their initiator completes, target by target. A flood's sender completes none, whether the target
 * answers or not; clients of a busy server complete nearly all. This is the balance of H. Wang, D. Zhang, K. G. Shin, "Detecting SYN Flooding
 * Attacks", INFOCOM 2002, with the initiator's ACK in place of FIN: it comes within a round trip, and a tap that sees requests alone sees it.
 * Refused SYNs are no half-open handshakes, since nothing is kept of them: they count only where a single source or few send them. Repeats of an
 * unanswered SYN are what a client's stack sends to a dead server, and do not count as attempts.
 *
 * <p>Many ports, each tried a few times by few sources, are a port scan and not a flood.
 *
 * <p>Evasions: fewer than the persistent rate; sources that complete the handshake (then it is a connection flood); a slow rise over ten minutes,
 * which becomes the baseline. RFC 4987 has the attack and its remedies; ATT&amp;CK T1499.001.
 */
public final class SynFlood extends FloodRule {
    public static final String RULE = "syn-flood";

    /** Linux and Windows repeat an unanswered SYN up to this often. */
    private static final int REPEATS = 6;

    private static final int FEW_SOURCES = 4;

    private static final Rate UNCOMPLETED =
            new Rate(SynFloodTestId.UNCOMPLETED, SynFloodTestId.UNCOMPLETED_USUAL, Kind.SYN);
    private static final Rate OPEN = new Rate(SynFloodTestId.OPEN, SynFloodTestId.OPEN_USUAL, Kind.SYN);

    /**
     * When handshakes left open are a flood.
     *
     * @param window how long the rate is measured, whole seconds; less time is enough where the packets suffice
     * @param rate handshakes left open a second on average
     * @param timesBaseline and so many times the target's own median of SYNs
     * @param halfOpenPercent share of the handshakes begun that is left open, percent
     * @param persistentWindow how long a slower flood is measured
     * @param persistentRate handshakes left open a second over that time
     * @param persistentHalfOpenPercent share left open for that
     */
    public record Settings(
            Duration window,
            long rate,
            int timesBaseline,
            int halfOpenPercent,
            Duration persistentWindow,
            long persistentRate,
            int persistentHalfOpenPercent)
            implements FloodSettings {
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(3), 1_000, 10, 80, Duration.ofSeconds(10), 150, 90);

        public Settings {
            FloodSettings.check(window, rate, timesBaseline, persistentWindow, persistentRate)
                    .between("halfOpenPercent", halfOpenPercent, 1, 99)
                    .between("persistentHalfOpenPercent", persistentHalfOpenPercent, 1, 99)
                    .end();
        }
    }

    private static final int REPEATED_PERCENT = 30;

    private final Settings settings;

    public SynFlood(Settings settings) {
        super(RULE, settings);
        this.settings = settings;
    }

    @Override
    public long suspicious(Inflow inflow) {
        return Math.max(
                0, begun(inflow.packets(Kind.SYN), inflow.count(Count.SYN_REPEATS)) - inflow.packets(Kind.CONNECTION));
    }

    @Override
    public @Nullable Crossing judge(FloodLook look) {
        FloodWindow recent = look.last(pace().window());
        Handshakes handshakes = new Handshakes(recent);
        if (look.fasterThan(
                        UNCOMPLETED, handshakes.uncompleted(), pace().window(), pace().rate(), pace().timesBaseline())
                && look.above(
                        SynFloodTestId.UNCOMPLETED_SHARE,
                        handshakes.percent(handshakes.uncompleted()),
                        settings.halfOpenPercent())) {
            SourceSample sources = recent.sources(Kind.SYN);
            if (recent.looksLikeScan(IpProtocol.TCP, handshakes.syns, sources)) {
                return null;
            }
            if (handshakes.percent(handshakes.uncompleted() - handshakes.refused) > settings.halfOpenPercent()) {
                boolean nobodyThere =
                        handshakes.ofStacks * 2 > handshakes.syns && handshakes.answered * 2 < handshakes.begun;
                return look.crossing(nobodyThere ? Sign.DOUBTFUL : Sign.FULL, Kind.SYN, pace().window());
            }
            // Clients whose server restarts are refused, too, but they are many and each waits before it tries again.
            return FloodWindow.main(sources, handshakes.syns).size() <= FEW_SOURCES
                    ? look.crossing(Sign.DOUBTFUL, Kind.SYN, pace().window())
                    : null;
        }
        return persistent(look.afresh());
    }

    private @Nullable Crossing persistent(FloodLook look) {
        FloodWindow recent = look.last(pace().persistent());
        Handshakes handshakes = new Handshakes(recent);
        long open = handshakes.uncompleted() - handshakes.refused;
        return look.fasterThan(OPEN, open, pace().persistent(), pace().persistentRate(), pace().timesBaseline())
                        && look.above(
                                SynFloodTestId.OPEN_SHARE,
                                handshakes.percent(open),
                                settings.persistentHalfOpenPercent())
                        && look.above(
                                SynFloodTestId.FIRST_SYNS,
                                100 - handshakes.repeats * 100 / Math.max(1, handshakes.syns),
                                100 - REPEATED_PERCENT)
                        && !recent.looksLikeScan(IpProtocol.TCP, handshakes.syns, recent.sources(Kind.SYN))
                ? look.crossing(Sign.PERSISTENT, Kind.SYN, pace().persistent())
                : null;
    }

    /** Attempts: first SYNs, and repeats beyond what a stack sends. */
    public static long begun(long syns, long repeats) {
        long firsts = syns - repeats;
        return firsts + Math.max(0, repeats - REPEATS * firsts);
    }

    /** What became of the handshakes of a window. */
    private static final class Handshakes {
        private final long syns;
        private final long repeats;
        private final long ofStacks;
        private final long begun;
        private final long completed;
        private final long answered;
        private final long refused;

        Handshakes(FloodWindow window) {
            syns = window.packets(Kind.SYN);
            repeats = window.count(Count.SYN_REPEATS);
            ofStacks = window.count(Count.SYN_OF_STACKS);
            begun = begun(syns, repeats);
            completed = window.packets(Kind.CONNECTION);
            answered = window.count(Count.SYN_ANSWERED);
            refused = window.count(Count.SYN_REFUSED);
        }

        long uncompleted() {
            return Math.max(0, begun - completed);
        }

        long percent(long of) {
            return begun == 0 ? 0 : Math.max(0, of) * 100 / begun;
        }
    }
}
