package io.tripline.rules.volume;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Detail;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.network.Service;
import io.tripline.rules.traffic.ConversationTable;
import io.tripline.rules.traffic.SegmentVolumes;
import io.tripline.rules.volume.SourceVolume.Window;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A source sends far more than it, and others like it, usually do: an upload of what it should not give away.
 *
 * <p><b>Method.</b> A source is who begins conversations, so that servers, which always move most, are not judged. What counts is its surplus: what it
 * sends beyond what comes back, conversation by conversation and second by second, and at least beyond an acknowledgement for each packet that
 * comes back. A download, a call, a ping and a look-up have next to none, whatever their size. Over a minute that slides by slices of ten seconds, the
 * surplus must pass an absolute floor and whatever of two comparisons is possible: with the source's own active minutes (a multiple of their
 * median; the ninth tenth of them and three robust standard deviations, Hampel 1974), and with the other sources of the same minute (a multiple
 * of their median, Tukey's fence on a logarithmic scale, and mean and two standard deviations of the others). With neither enough minutes nor
 * enough others, nothing is said. Bytes and packets are tested alike. It is judged at every second, not at a minute's end.
 *
 * <p>The other sources are those that begin conversations too; where these are too few, as in the capture of a single host, all who send.
 *
 * <p><b>Why so.</b> Medians bear what means do not: a minute of backup among sixty. Leaving the source out of the population keeps it from hiding behind
 * its own share of mean and deviation. One in ten minutes of the same size makes them usual, so that what recurs grows quiet.
 *
 * <p><b>Cost.</b> A look-up for each conversation of a second; a sort of all sources' sums in a second in which a source is above the floor.
 * <b>Memory.</b> About 800 bytes for each source of the last two hours, at most 65,536 a segment (52 MB); sources beyond are counted.
 * <b>Evasions.</b> Staying under the floor, or letting the victim connect and download; growing slowly over an hour; many sources at once.
 *
 * <p><b>Sources.</b> F. Hampel, The influence curve and its role in robust estimation, 1974; J. Tukey, Exploratory Data Analysis, 1977; ATT&amp;CK T1048,
 * T1030.
 */
public final class VolumeOutlier implements SubjectDetector<String, SegmentVolumes, VolumeState> {
    /** Identifier of this rule. */
    public static final String RULE = "volume-outlier";

    /** Of the operator that hosts this rule. */
    public static final String UID = "volume-rules";

    /** Bytes of an acknowledgement at most: Ethernet, VLAN tag, IPv6 and TCP with time stamps and SACK. */
    private static final int ACKNOWLEDGEMENT = 100;

    private static final long MINUTE_SECONDS = 60;

    /** No line carries so much in a minute. */
    private static final long MOST = 1_000_000_000_000_000L;

    /** An attentive look at recipients begins at this part of the floor. */
    private static final int NEAR_FLOOR = 20;

    private static final Comparator<SourceVolume.Recipient> MOST_BYTES = Comparator.comparingLong(
                    (SourceVolume.Recipient recipient) -> -recipient.bytes)
            .thenComparing(recipient -> recipient.address)
            .thenComparingInt(recipient -> recipient.service);

    /**
     * When a source moves too much.
     *
     * @param floorBytes surplus of bytes in a minute that must be exceeded, or else packets
     * @param floorPackets surplus of packets in a minute that must be exceeded, or else bytes
     * @param timesOwn multiple of the median of its own active minutes that must be exceeded
     * @param timesOthers multiple of the median of other sources that must be exceeded
     * @param ownMinutes active minutes that must be known to compare a source with itself, 1 to 60
     * @param otherSources other sources that there must be in a minute to compare with them
     * @param mostPackets packets of a source in all that must not be exceeded; 0 for no limit
     * @param remembered how long a source that is silent is remembered
     */
    public record Settings(
            long floorBytes,
            long floorPackets,
            int timesOwn,
            int timesOthers,
            int ownMinutes,
            int otherSources,
            long mostPackets,
            Duration remembered)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(2_000_000, 3_000, 4, 10, 5, 8, 0, Duration.ofHours(2));

        public Settings {
            Thresholds.check()
                    .between("floorBytes", floorBytes, 1, MOST)
                    .between("floorPackets", floorPackets, 1, MOST)
                    .between("timesOwn", timesOwn, 1, 1_000)
                    .between("timesOthers", timesOthers, 1, 1_000)
                    .between("ownMinutes", ownMinutes, 1, MinuteHistory.MINUTES)
                    .between("otherSources", otherSources, 2, VolumeState.SOURCES)
                    .between("mostPackets", mostPackets, 0, MOST)
                    .between("remembered", remembered, Duration.ofMinutes(2), Duration.ofDays(7))
                    .end();
        }
    }

    private final Settings settings;
    private final Decision decision;

    public VolumeOutlier(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public VolumeOutlier(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
    }

    @Override
    public VolumeState newState() {
        return new VolumeState();
    }

    @Override
    public void complete(
            long second, String segment, @Nullable SegmentVolumes part, VolumeState state, Consumer<Finding> findings) {
        if (part != null) {
            state.lastSecond = second;
            SortedMap<Address, SourceVolume> active = add(second, part, state);
            judge(second, segment, part, active, state);
        }
        state.open.entrySet().removeIf(open -> {
            Episode episode = open.getValue().episode;
            if (episode == null) {
                return true;
            }
            Stage stage = episode.due(second);
            if (stage != null) {
                findings.accept(finding(stage, open.getKey(), open.getValue(), episode, second));
            }
            if (stage == Stage.CLOSED) {
                open.getValue().episode = null;
                open.getValue().evidence = null;
            }
            return stage == Stage.CLOSED;
        });
        tidy(second, state);
    }

    /** Adds a second; gives the sources worth a look. */
    private SortedMap<Address, SourceVolume> add(long second, SegmentVolumes part, VolumeState state) {
        ConversationTable table = part.conversations();
        @Nullable SourceVolume[] sources = new SourceVolume[table.size()];
        List<Integer> rows = new ArrayList<>();
        SortedMap<Address, SourceVolume> active = new TreeMap<>();
        for (int row = 0; row < table.size(); row++) {
            if (!carriesData(table, row)) {
                continue;
            }
            if (table.packetsIn(row) > 0 && !table.isBare(row)) {
                SourceVolume responder = source(table.responder(row), table.packetsIn(row), state);
                if (responder != null) {
                    responder.answered(second, table.packetsIn(row), table.bytesIn(row));
                }
            }
            SourceVolume source =
                    table.packetsOut(row) == 0 ? null : source(table.initiator(row), table.packetsOut(row), state);
            if (source == null) {
                continue;
            }
            boolean seesAnswers = part.answersVisible() || table.packetsIn(row) > 0;
            source.add(
                    second,
                    table.packetsOut(row),
                    table.bytesOut(row),
                    surplusPackets(table, row, seesAnswers),
                    surplusBytes(table, row, seesAnswers),
                    table.isDated(row) ? table.first(row) : second * 1_000_000,
                    table.isDated(row) ? table.last(row) : second * 1_000_000 + 999_999);
            sources[row] = source;
        }
        // Only now is all of the second added, and surpluses never shrink, so that each source is looked at once.
        for (int row = 0; row < sources.length; row++) {
            SourceVolume source = sources[row];
            if (source != null && source.isNear(second, this::nearFloor)) {
                active.put(table.initiator(row), source);
                if (!table.isBare(row)) {
                    rows.add(row);
                }
            }
        }
        rows.sort(Comparator.comparing(table::initiator)
                .thenComparingLong(row -> -table.bytesOut(row))
                .thenComparing(table::responder)
                .thenComparingInt(table::service));
        for (int row : rows) {
            SourceVolume source = sources[row];
            if (source != null) {
                source.sentTo(
                        table.responder(row),
                        table.service(row),
                        table.packetsOut(row),
                        table.bytesOut(row),
                        table.frame(row));
            }
        }
        return active;
    }

    /** What is remembered of a source; null where there is no room. */
    private static @Nullable SourceVolume source(Address address, long packets, VolumeState state) {
        SourceVolume known = state.sources.get(address);
        if (known == null && state.sources.size() < VolumeState.SOURCES) {
            known = new SourceVolume();
            state.sources.put(address, known);
        }
        if (known == null) {
            state.uncounted += packets;
        }
        return known;
    }

    /** Not ARP, and not to a group: what everybody may hear leaves nobody. */
    private static boolean carriesData(ConversationTable table, int row) {
        Address to = table.responder(row);
        boolean group = to.isIpv4() ? (to.low() >>> 28 & 0xf) >= 0xe : to.high() >>> 56 == 0xff;
        return !group
                && Service.transport(table.service(row)) != IpProtocol.ARP
                && !table.initiator(row).isMac();
    }

    private static long surplusBytes(ConversationTable table, int row, boolean seesAnswers) {
        long returned = seesAnswers
                ? Math.max(table.bytesIn(row), ACKNOWLEDGEMENT * table.packetsIn(row))
                : ACKNOWLEDGEMENT * table.packetsOut(row);
        return Math.max(0, table.bytesOut(row) - returned);
    }

    private static long surplusPackets(ConversationTable table, int row, boolean seesAnswers) {
        if (seesAnswers) {
            // A packet more that brings no more than an acknowledgement is one: many short conversations have a few
            // each.
            long more = Math.max(0, table.packetsOut(row) - table.packetsIn(row));
            return Math.min(more, surplusBytes(table, row, true) / ACKNOWLEDGEMENT);
        }
        return table.bytesOut(row) > ACKNOWLEDGEMENT * table.packetsOut(row) ? table.packetsOut(row) : 0;
    }

    private boolean nearFloor(SourceVolume source, long second) {
        if (source.episode != null || decision.isTraced()) {
            return true;
        }
        Window window = source.window(second);
        return window.surplusBytes() > settings.floorBytes / NEAR_FLOOR
                || window.surplusPackets() > settings.floorPackets / NEAR_FLOOR
                || (settings.mostPackets > 0 && source.total() > settings.mostPackets);
    }

    private void judge(
            long second,
            String segment,
            SegmentVolumes part,
            SortedMap<Address, SourceVolume> active,
            VolumeState state) {
        Comparison bytes = new Comparison(true, second, state);
        Comparison packets = new Comparison(false, second, state);
        active.forEach((address, source) -> {
            Window window = source.window(second);
            decision.about(address, second);
            VolumeEvidence evidence = bytes.judge(source, window);
            VolumeEvidence inPackets = packets.judge(source, window);
            evidence = evidence == null ? inPackets : evidence;
            boolean total = settings.mostPackets > 0
                    && source.total() - source.latestPackets() <= settings.mostPackets
                    && decision.passes(VolumeTestId.TOTAL_PACKETS, source.total(), settings.mostPackets);
            if (total) {
                evidence = evidence == null ? bytes.evidence(source, window, true) : evidence;
            }
            Episode episode = source.episode;
            if (episode == null && evidence != null) {
                episode = open(second, segment, source, window, state, address);
                source.evidence = evidence;
            } else if (episode != null && goesOn(source)) {
                episode.add(second * 1_000_000, source.latestEnd(), source.latestPackets(), source.latestBytes());
                if (evidence != null && isMore(evidence, source.evidence)) {
                    source.evidence = evidence;
                }
            } else {
                return;
            }
            decision.reasons().forEach(episode::becauseAtLeast);
            episode.seenBy(part.sensors(), part.clockShift());
            if (source.frame() != Long.MAX_VALUE) {
                episode.frame(source.frame());
            }
        });
    }

    private static boolean isMore(VolumeEvidence evidence, @Nullable VolumeEvidence known) {
        return known == null
                || (known.total() && !evidence.total())
                || (known.inBytes() == evidence.inBytes() && evidence.moved() > known.moved());
    }

    private static Episode open(
            long second, String segment, SourceVolume source, Window window, VolumeState state, Address address) {
        Episode episode = new Episode(segment, second, Episode.QUIET_SECONDS);
        episode.add(window.first(), source.latestEnd(), window.packets(), window.bytes());
        source.episode = episode;
        state.open.put(address, source);
        return episode;
    }

    /** Whether the latest second alone would pass the floor in a minute. */
    private boolean goesOn(SourceVolume source) {
        return source.latestBytes() * MINUTE_SECONDS > settings.floorBytes
                || source.latestPackets() * MINUTE_SECONDS > settings.floorPackets;
    }

    /** One measure, packets or bytes, of one second; the population is looked at only if somebody is above the floor. */
    private final class Comparison {
        private final boolean inBytes;
        private final long second;
        private final VolumeState state;
        private @Nullable Population population;
        private boolean began;

        Comparison(boolean inBytes, long second, VolumeState state) {
            this.inBytes = inBytes;
            this.second = second;
            this.state = state;
        }

        /** The others who begin conversations; where they are too few, all who send. */
        private Population population() {
            Population known = population;
            if (known == null) {
                List<Window> windows = state.sources.values().stream()
                        .map(source -> source.window(second))
                        .filter(window -> window.sent(false) > 0)
                        .toList();
                known = new Population(windows.stream()
                        .filter(window -> window.packets() > 0)
                        .mapToLong(window -> window.began(inBytes))
                        .toArray());
                began = known.others() >= settings.otherSources;
                if (!began) {
                    known = new Population(windows.stream()
                            .mapToLong(window -> window.sent(inBytes))
                            .toArray());
                }
                population = known;
            }
            return known;
        }

        /** What the source itself is in that population. */
        private long own(Window window) {
            return began ? window.began(inBytes) : window.sent(inBytes);
        }

        /** Makes the tests of this measure; what speaks for an outlier, null where it is none. */
        @Nullable
        VolumeEvidence judge(SourceVolume source, Window window) {
            long surplus = inBytes ? window.surplusBytes() : window.surplusPackets();
            long floor = inBytes ? settings.floorBytes : settings.floorPackets;
            decision.above(test(VolumeTestId.BYTES_SURPLUS, VolumeTestId.PACKETS_SURPLUS), surplus, floor);
            if (surplus > floor) {
                compare(source, window, surplus);
            }
            boolean outstanding = decision.holds();
            decision.or();
            return outstanding ? evidence(source, window, false) : null;
        }

        private void compare(SourceVolume source, Window window, long surplus) {
            MinuteHistory own = source.history(inBytes);
            Population all = population();
            long moved = own(window);
            boolean ownKnown = own.size() >= settings.ownMinutes;
            boolean othersKnown = all.others() >= settings.otherSources;
            if (ownKnown) {
                VolumeTestId median = test(VolumeTestId.BYTES_OWN_MEDIAN, VolumeTestId.PACKETS_OWN_MEDIAN);
                VolumeTestId most = test(VolumeTestId.BYTES_OWN_MOST, VolumeTestId.PACKETS_OWN_MOST);
                decision.above(median, own.size(), surplus, settings.timesOwn * own.median())
                        .above(most, surplus, own.usual());
            }
            if (othersKnown) {
                VolumeTestId median = test(VolumeTestId.BYTES_OTHERS_MEDIAN, VolumeTestId.PACKETS_OTHERS_MEDIAN);
                VolumeTestId fence = test(VolumeTestId.BYTES_OTHERS_FENCE, VolumeTestId.PACKETS_OTHERS_FENCE);
                VolumeTestId sigma = test(VolumeTestId.BYTES_OTHERS_SIGMA, VolumeTestId.PACKETS_OTHERS_SIGMA);
                decision.above(median, all.others(), surplus, settings.timesOthers * all.median(moved))
                        .above(fence, surplus, all.fence(moved))
                        .above(sigma, surplus, all.meanAndTwoSigma(moved));
            }
            decision.provided(ownKnown || othersKnown);
        }

        private VolumeTestId test(VolumeTestId ofBytes, VolumeTestId ofPackets) {
            return inBytes ? ofBytes : ofPackets;
        }

        VolumeEvidence evidence(SourceVolume source, Window window, boolean total) {
            MinuteHistory own = source.history(inBytes);
            Population all = population();
            boolean ownKnown = own.size() >= settings.ownMinutes;
            boolean othersKnown = all.others() >= settings.otherSources;
            return new VolumeEvidence(
                    window.packets(),
                    window.bytes(),
                    inBytes,
                    total,
                    ownKnown ? own.median() : 0,
                    ownKnown ? own.size() : 0,
                    othersKnown ? all.others() : 0,
                    othersKnown ? all.median(own(window)) : 0);
        }
    }

    private static Finding finding(Stage stage, Address actor, SourceVolume source, Episode episode, long second) {
        Set<Address> targets = new LinkedHashSet<>();
        RoaringBitmap services = new RoaringBitmap();
        source.recipients.sort(MOST_BYTES);
        for (SourceVolume.Recipient recipient : source.recipients) {
            targets.add(recipient.address);
            if (Service.numbered(recipient.service)) {
                services.add(recipient.service);
            }
        }
        VolumeEvidence evidence = source.evidence;
        return episode.draft(stage, RULE, actor, second)
                .targets(targets.size(), targets)
                .services(services)
                .approximate(source.someLeftOut())
                .detail(evidence == null ? Detail.NONE : evidence)
                .finding();
    }

    /** Once a minute, forgets who was silent for long; under pressure also who was seen in a single minute. */
    private void tidy(long second, VolumeState state) {
        if (second < state.tidied + MINUTE_SECONDS && second >= state.tidied) {
            return;
        }
        state.tidied = second;
        boolean full = state.sources.size() > VolumeState.SOURCES / 2;
        state.sources
                .values()
                .removeIf(source -> source.episode == null
                        && (second - source.lastSecond() >= settings.remembered.toSeconds()
                                || (full
                                        && second - source.lastSecond() > MINUTE_SECONDS
                                        && source.history(true).size() == 0)));
    }

    @Override
    public long wakeUp(VolumeState state) {
        long next = state.sources.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(state.lastSecond, state.tidied) + settings.remembered.toSeconds();
        for (SourceVolume source : state.open.values()) {
            Episode episode = source.episode;
            if (episode != null) {
                next = Math.min(next, episode.wakeUp());
            }
        }
        return next;
    }

    @Override
    public boolean isIdle(VolumeState state) {
        return state.sources.isEmpty();
    }

    @Override
    public void write(VolumeState state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public VolumeState read(DataInput in) throws IOException {
        return VolumeState.read(in);
    }
}
