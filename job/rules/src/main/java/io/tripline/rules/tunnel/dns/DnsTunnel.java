package io.tripline.rules.tunnel.dns;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.tunnel.TunnelDetector;
import java.io.DataInput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;

/**
 * Finds data inside DNS: one client that asks for ever new names under one registered domain, and names that look encoded.
 *
 * <p><b>Method.</b> Names are split by the public suffix list, and what lies below the domain is judged piece by piece: hexadecimal, base 32, base 64
 * or raw bytes, by alphabet, scattered digits and letter pairs that no language has. Only such names are counted, as sampled hashes: exact while
 * few, a fair estimate afterwards. Where more than a few differ, signals are added up: how many; bytes that the names can carry and that answers
 * bring; record types that carry data; long names; names of different lengths. Any server, any port that the sensor recognises DNS on.
 *
 * <p><b>Why so.</b> Entropy of a short label overlaps with content networks' names. What a tunnel cannot avoid is the volume: each name works once,
 * since caches answer the second time, and holds at most 255 bytes.
 *
 * <p><b>Cost</b> one look-up a DNS message in the fold, nothing further for ordinary names; a pass over at most 256 names a second of a client and
 * domain. <b>Memory</b> at most 20 kB a client and domain.
 *
 * <p><b>Evasions.</b> Data as words of a dictionary or in labels under 8 characters; a domain for each few names; fewer names than asked for in half
 * an hour; reverse zones; DNS over TLS or HTTPS. <b>Not told apart:</b> look-ups of hashes and data in blocks of one fixed size; the names' form
 * lowers severity, since hashes are far more common.
 *
 * @see <a href="https://attack.mitre.org/techniques/T1071/004/">ATT&amp;CK T1071.004</a>
 * @see <a href="https://attack.mitre.org/techniques/T1048/003/">ATT&amp;CK T1048.003</a>
 */
public final class DnsTunnel extends TunnelDetector<ClientDomain, NameActivity, EncodedName, NameHistory> {
    public static final String RULE = "dns-tunnel";

    /** Of the operator that hosts this rule. */
    public static final String UID = "client-domain-rules";

    private static final int MANY_NAMES = 49;
    private static final int BYTES = 149;
    private static final int MANY_BYTES = 999;
    private static final int SLOW = 4;
    private static final int HALF = 49;
    private static final int LONG_NAMES = 39;
    private static final int REPEATS = 4;

    /**
     * Thresholds.
     *
     * @param window in which names of a busy client are counted
     * @param names distinct encoded names in that window that must be exceeded
     * @param slowWindow in which names of a slow client are counted
     * @param slowNames distinct encoded names in the slow window that must be exceeded
     * @param score points of all signals that must be exceeded
     */
    public record Settings(Duration window, int names, Duration slowWindow, int slowNames, int score)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(Duration.ofSeconds(60), 11, Duration.ofMinutes(30), 24, 49);

        public Settings {
            Thresholds.check()
                    .between("window", window, Duration.ofSeconds(1), Duration.ofHours(24))
                    .between("names", names, 1, 1_000_000)
                    .between("slowWindow", slowWindow, Duration.ofSeconds(1), Duration.ofHours(24))
                    .notBelow("slowWindow", slowWindow, "window", window)
                    .between("slowNames", slowNames, 1, 1_000_000)
                    .between("score", score, 1, 1_000)
                    .end();
        }
    }

    public DnsTunnel(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public DnsTunnel(Settings settings, DecisionTrace trace) {
        super(
                RULE,
                new Pace(settings.window(), settings.names(), false),
                new Pace(settings.slowWindow(), settings.slowNames(), true),
                settings.score(),
                trace);
    }

    @Override
    public NameHistory newState() {
        return new NameHistory();
    }

    @Override
    protected Episode open(ClientDomain subject, long second) {
        return new Episode(subject.domain(), second, 2 * Episode.QUIET_SECONDS);
    }

    @Override
    protected boolean weigh(
            Decision signals, ClientDomain subject, NameHistory history, Collection<EncodedName> names, Pace pace) {
        long distinct = history.scaled(names.size());
        if (!signals.signal(DnsTunnelTestId.NAMES, pace.about(), distinct, pace.least())) {
            return false;
        }
        PacketTotals totals = history.totals();
        long times = pace.slow() ? SLOW : 1;
        long carried = carried(history, names);
        signals.signal(DnsTunnelTestId.MANY_NAMES, distinct, MANY_NAMES);
        signals.signal(DnsTunnelTestId.CARRIED, pace.about(), carried, BYTES * times);
        signals.signal(DnsTunnelTestId.MUCH_CARRIED, carried, MANY_BYTES * times);
        long odd = history.details().odd() * 100 / Math.max(1, totals.packets());
        signals.signal(DnsTunnelTestId.DATA_TYPES, odd, HALF);
        signals.signal(DnsTunnelTestId.ANSWERS, totals.bytesDown(), MANY_BYTES);
        long length = names.stream().mapToLong(EncodedName::length).sum() / names.size();
        signals.signal(DnsTunnelTestId.LONG_NAMES, length, LONG_NAMES);
        signals.signal(DnsTunnelTestId.LENGTHS, lengths(names), 1);
        long all = Math.max(1, history.scaled(history.all().size()));
        signals.signal(DnsTunnelTestId.REPEATS, totals.up() / all, REPEATS);
        if (ReputationDomains.contains(subject.domain())) {
            signals.signal(DnsTunnelTestId.REPUTATION, 1, 0);
        }
        return true;
    }

    private static long carried(NameHistory history, Collection<EncodedName> names) {
        return history.scaled(names.stream().mapToLong(EncodedName::bytes).sum());
    }

    private static long lengths(Collection<EncodedName> names) {
        return names.stream().mapToInt(EncodedName::length).distinct().count();
    }

    @Override
    protected Finding finding(Stage stage, long second, ClientDomain subject, NameHistory history, Incident incident) {
        PacketTotals totals = history.totals();
        NameTotals details = history.details();
        return incident.episode()
                .draft(stage, RULE, subject.client(), second)
                .targets(details.servers().size(), details.servers())
                .approximate(history.sampled())
                .answersSeen(totals.down() > 0)
                .detail(new NameDetail(
                        subject.domain(),
                        incident.points(),
                        Math.min(history.scaled(history.all().size()), Math.max(totals.up(), totals.down())),
                        totals.up(),
                        totals.down(),
                        details.refused(),
                        carried(history, history.all()),
                        totals.bytesDown(),
                        history.all().stream()
                                .mapToInt(EncodedName::length)
                                .max()
                                .orElse(0),
                        lengths(history.all()) <= 1,
                        ReputationDomains.contains(subject.domain()),
                        details.odd() * 2 > totals.packets(),
                        details.types().keySet().stream().toList()))
                .finding();
    }

    @Override
    public NameHistory read(DataInput in) throws IOException {
        return NameHistory.read(in);
    }
}
