package io.tripline.rules.flood;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.FloodRule.Crossing;
import io.tripline.rules.flood.FloodRule.Sign;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Outcomes;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.rules.network.ServiceSet;
import io.tripline.rules.sketch.SourceSample;
import io.tripline.rules.sketch.SourceSample.Source;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** An open flood with its evidence. Memory: at most 35 KiB. */
final class FloodIncident {
    private static final long SECOND = 1_000_000;

    private final String rule;
    private final Kind kind;
    private final Episode episode;
    private Sign sign;
    private final long usualPerSecond;
    private final long usualSeconds;
    private final SourceSample sources;
    private final ServiceSet services;
    private final long[] counts = new long[Count.values().length];
    private long completed;
    private long attempts;
    private long peak;
    private boolean answersVisible;

    FloodIncident(String rule, Crossing crossing, long second, long usualPerSecond, long usualSeconds) {
        this(
                rule,
                crossing.kind(),
                new Episode("", second, Episode.QUIET_SECONDS),
                crossing.sign(),
                usualPerSecond,
                usualSeconds,
                new SourceSample(FloodWindow.SOURCES),
                new ServiceSet());
        crossing.reasons().forEach(episode::becauseAtLeast);
    }

    private FloodIncident(
            String rule,
            Kind kind,
            Episode episode,
            Sign sign,
            long usualPerSecond,
            long usualSeconds,
            SourceSample sources,
            ServiceSet services) {
        this.rule = rule;
        this.kind = kind;
        this.episode = episode;
        this.sign = sign;
        this.usualPerSecond = usualPerSecond;
        this.usualSeconds = usualSeconds;
        this.sources = sources;
        this.services = services;
    }

    String rule() {
        return rule;
    }

    Kind kind() {
        return kind;
    }

    Sign sign() {
        return sign;
    }

    Episode episode() {
        return episode;
    }

    /** A later look may show more than the one that opened it. */
    void sharpen(Crossing crossing) {
        if (crossing.kind() == kind) {
            if (crossing.sign().compareTo(sign) > 0) {
                sign = crossing.sign();
                episode.change();
            }
            crossing.reasons().forEach(episode::becauseAtLeast);
        }
    }

    /** Adds a second that belongs to it. */
    void add(Inflow inflow) {
        Arrivals arrivals = inflow.arrivals(kind);
        if (arrivals == null) {
            return;
        }
        long begin = inflow.second() * SECOND;
        long first = arrivals.first() == Long.MAX_VALUE ? begin : arrivals.first();
        long last = arrivals.last() == Long.MIN_VALUE ? begin + SECOND - 1 : arrivals.last();
        episode.add(first, last, arrivals.packets(), arrivals.bytes());
        episode.seenBy(inflow.sensors(), inflow.clockShift());
        if (arrivals.frame() != Long.MAX_VALUE) {
            episode.frame(arrivals.frame());
        }
        sources.merge(arrivals.sources());
        services.addAll(inflow.services());
        services.compact();
        for (Count count : Count.values()) {
            counts[count.code()] += inflow.count(count);
        }
        completed += inflow.packets(Kind.CONNECTION);
        attempts += SynFlood.begun(inflow.packets(Kind.SYN), inflow.count(Count.SYN_REPEATS));
        peak = Math.max(peak, arrivals.packets());
        answersVisible |= inflow.answersVisible();
    }

    /** The finding as it stands by the end of a second. */
    Finding finding(Stage stage, Address target, long second) {
        long packets = episode.packets();
        boolean spoofed = kind != Kind.CONNECTION && kind != Kind.REFLECTED && FloodWindow.spoofed(sources);
        List<Source> main = spoofed ? sources.busiest() : FloodWindow.main(sources, packets);
        long distinct = spoofed || sources.approximate() ? sources.distinct() : main.size();
        Outcomes outcomes = outcomes();
        return episode.draft(stage, rule, target, second)
                .techniques(Map.of(probing(), packets))
                .services(services(target))
                .outcomes(outcomes)
                .targets(1, List.of(target))
                .sources(distinct, main.stream().map(Source::address).toList())
                .approximate(sources.approximate())
                .answersSeen(answersVisible || outcomes.open() + outcomes.closed() > 0)
                .detail(new FloodEvidence(
                        kind,
                        sign,
                        peak,
                        usualPerSecond,
                        usualSeconds,
                        halfOpenPercent(),
                        spoofed,
                        sources.singlePercent(),
                        counts()))
                .finding();
    }

    private Probing probing() {
        return switch (kind) {
            case SYN -> Probing.SYN;
            case CONNECTION -> Probing.CONNECT;
            case UDP, REFLECTED -> Probing.UDP;
            case ICMP -> Probing.ICMP;
        };
    }

    private RoaringBitmap services(Address target) {
        return switch (kind) {
            case SYN, CONNECTION -> services.of(IpProtocol.TCP);
            case UDP -> services.of(IpProtocol.UDP);
            case REFLECTED -> new RoaringBitmap();
            case ICMP -> RoaringBitmap.bitmapOf(Service.of(target.isIpv4() ? IpProtocol.ICMP : IpProtocol.ICMPV6, 0));
        };
    }

    private Outcomes outcomes() {
        long open = 0;
        long closed = 0;
        switch (kind) {
            case SYN -> {
                open = count(Count.SYN_ANSWERED);
                closed = count(Count.SYN_REFUSED);
            }
            case CONNECTION -> open = completed;
            case UDP -> {
                open = count(Count.UDP_ANSWERED);
                closed = count(Count.UDP_REFUSED);
            }
            case ICMP -> open = count(Count.ICMP_ANSWERED);
            case REFLECTED -> {}
        }
        return new Outcomes(open, closed, Math.max(0, episode.packets() - open - closed));
    }

    private long halfOpenPercent() {
        return kind != Kind.SYN || attempts == 0 ? 0 : Math.max(0, attempts - completed) * 100 / attempts;
    }

    private long count(Count of) {
        return counts[of.code()];
    }

    private SortedMap<Count, Long> counts() {
        SortedMap<Count, Long> all = new TreeMap<>();
        for (Count count : Count.values()) {
            if (count(count) > 0) {
                all.put(count, count(count));
            }
        }
        return all;
    }

    void write(DataOutput out) throws IOException {
        Stored.writeText(rule, out);
        Stored.writeName(kind, out);
        episode.write(out);
        Stored.writeName(sign, out);
        out.writeLong(usualPerSecond);
        out.writeLong(usualSeconds);
        sources.write(out);
        services.write(out);
        FloodEvidence.writeCounts(counts(), out);
        out.writeLong(completed);
        out.writeLong(attempts);
        out.writeLong(peak);
        out.writeBoolean(answersVisible);
    }

    static FloodIncident read(DataInput in) throws IOException {
        FloodIncident incident = new FloodIncident(
                Stored.readText(in),
                Stored.readName(Kind.class, in),
                Episode.read(in),
                Stored.readName(Sign.class, in),
                in.readLong(),
                in.readLong(),
                SourceSample.read(in, FloodWindow.SOURCES),
                ServiceSet.read(in));
        FloodEvidence.readCounts(in).forEach((count, value) -> incident.counts[count.code()] = value);
        incident.completed = in.readLong();
        incident.attempts = in.readLong();
        incident.peak = in.readLong();
        incident.answersVisible = in.readBoolean();
        return incident;
    }
}
