package io.tripline.rules.tunnel.dns;

import io.tripline.rules.engine.Signals;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Trials;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.PacketTotals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
public final class DnsTunnel implements SubjectDetector<ClientDomain, NameActivity, NameHistory> {
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

    /** A single name is remembered for this part of the slow window. */
    private static final int SINGLE = 3;

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
            require(window.toSeconds() > 0, "window", window, "must be at least a second");
            require(slowWindow.compareTo(window) >= 0, "slowWindow", slowWindow, "must not be shorter than window");
            require(names > 0, "names", names, "must be positive");
            require(slowNames > 0, "slowNames", slowNames, "must be positive");
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

    public DnsTunnel(Settings settings) {
        this(settings, Trials.NONE);
    }

    public DnsTunnel(Settings settings, Trials trials) {
        this.settings = settings;
        this.trials = trials;
        this.window = settings.window().toSeconds();
        this.slowWindow = settings.slowWindow().toSeconds();
    }

    @Override
    public NameHistory newState() {
        return new NameHistory();
    }

    @Override
    public void complete(
            long second,
            ClientDomain subject,
            @Nullable NameActivity part,
            NameHistory history,
            Consumer<Finding> findings) {
        history.forgetBefore(second - remembered(history) + 1);
        if (part != null) {
            PacketTotals seen = part.totals();
            history.add(part);
            Episode episode = history.episode();
            if (episode == null) {
                judge(second, subject, history);
            } else {
                extend(episode, seen);
            }
        }
        tell(second, subject, history, findings);
    }

    /** A single name under a domain is what all clients have; it is not remembered for long. */
    private long remembered(NameHistory history) {
        return history.all().size() <= 1 && !history.sampled() ? Math.max(window, slowWindow / SINGLE) : slowWindow;
    }

    private void judge(long second, ClientDomain subject, NameHistory history) {
        Collection<EncodedName> recent = history.since(second - window + 1);
        Signals signals = weigh(second, subject, history, recent, settings.window(), settings.names(), 1);
        if (signals == null) {
            signals = weigh(second, subject, history, history.all(), settings.slowWindow(), settings.slowNames(), SLOW);
        }
        if (signals != null) {
            Episode opened = new Episode(subject.domain(), second, 2 * Episode.QUIET_SECONDS);
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
            ClientDomain subject,
            NameHistory history,
            Collection<EncodedName> names,
            Duration during,
            int least,
            int slow) {
        Signals signals = new Signals(trials, RULE, subject.toString(), second);
        long distinct = history.scaled(names.size());
        String when = " in " + during.toSeconds() + " s";
        if (!signals.above("different encoded names" + when, distinct, least, 20)) {
            return null;
        }
        PacketTotals totals = history.totals();
        NameTotals details = history.details();
        long carried = carried(history, names);
        signals.above("different encoded names: many", distinct, MANY_NAMES, 10);
        signals.above("bytes that the names can carry" + when, carried, (long) BYTES * slow, 20);
        signals.above("bytes that the names can carry: many", carried, (long) MANY_BYTES * slow, 10);
        long odd = details.odd() * 100 / Math.max(1, totals.packets());
        signals.above("percent of messages for record types that carry data", odd, HALF, 30);
        signals.above("bytes of answers of such types", totals.bytesDown(), MANY_BYTES, 15);
        long length = names.stream().mapToLong(EncodedName::length).sum() / names.size();
        signals.above("mean length of names before the domain", length, LONG_NAMES, 15);
        signals.above("lengths of names", lengths(names), 1, 10);
        long all = Math.max(1, history.scaled(history.all().size()));
        signals.above("queries for each name", totals.up() / all, REPEATS, -20);
        if (ReputationDomains.contains(subject.domain())) {
            signals.above("a domain of a reputation service", 1, 0, -30);
        }
        return signals.enough(settings.score()) ? signals : null;
    }

    private static long carried(NameHistory history, Collection<EncodedName> names) {
        return history.scaled(names.stream().mapToLong(EncodedName::bytes).sum());
    }

    private static long lengths(Collection<EncodedName> names) {
        return names.stream().mapToInt(EncodedName::length).distinct().count();
    }

    private void tell(long second, ClientDomain subject, NameHistory history, Consumer<Finding> findings) {
        Episode episode = history.episode();
        Stage stage = episode == null ? null : episode.due(second);
        if (episode == null || stage == null) {
            return;
        }
        PacketTotals totals = history.totals();
        NameTotals details = history.details();
        findings.accept(episode.draft(stage, RULE, subject.client(), second)
                .targets(details.servers().size(), details.servers())
                .approximate(history.sampled())
                .answersSeen(totals.down() > 0)
                .detail(new NameDetail(
                        subject.domain(),
                        (int) episode.reasons().get(0).value(),
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
                .finding());
        if (stage == Stage.CLOSED) {
            history.clear();
        }
    }

    @Override
    public long wakeUp(NameHistory history) {
        Episode episode = history.episode();
        return episode != null
                ? episode.wakeUp()
                : Math.floorDiv(history.totals().last(), 1_000_000L) + remembered(history);
    }

    @Override
    public boolean isIdle(NameHistory history) {
        return history.episode() == null && history.all().isEmpty();
    }

    @Override
    public void write(NameHistory history, DataOutput out) throws IOException {
        history.write(out);
    }

    @Override
    public NameHistory read(DataInput in) throws IOException {
        return NameHistory.read(in);
    }
}
