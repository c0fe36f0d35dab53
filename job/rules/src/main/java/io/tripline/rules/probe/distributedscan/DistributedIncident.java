package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.probe.Evidence;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;

/** An open incident of several sources that scan one target: an {@link Episode} with sources, services and techniques. */
final class DistributedIncident {
    private static final int SOURCES = 4_096;

    private final Episode episode;
    private final SortedSet<Address> sources = new TreeSet<>();
    private final RoaringBitmap services = new RoaringBitmap();
    private final RoaringBitmap refused = new RoaringBitmap();
    private final Map<Probing, Long> techniques = new EnumMap<>(Probing.class);
    private boolean decoys;
    private boolean answersSeen;
    private boolean sampled;

    DistributedIncident(Episode episode) {
        this.episode = episode;
    }

    /** Takes in a source with all that is remembered of it, unless it belongs already. */
    void join(Address source, SourceProbes probes) {
        if (sources.size() < SOURCES && sources.add(source)) {
            add(probes);
        }
    }

    /** Adds a second's probes of those sources that belong to it. */
    void add(TargetProbes part) {
        boolean any = false;
        for (Map.Entry<Address, SourceProbes> source : part.sources().entrySet()) {
            if (sources.contains(source.getKey())) {
                add(source.getValue());
                any = true;
            }
        }
        if (any) {
            seenBy(part.sensors(), part.clockShift());
        }
    }

    private void add(SourceProbes probes) {
        long first = probes.services().values().stream()
                .mapToLong(SourceProbes.Probe::first)
                .min()
                .orElse(probes.last());
        episode.add(first, Math.max(first, probes.last()), probes.packets(), probes.bytes());
        episode.frame(probes.frame());
        probes.services().forEach((service, probe) -> {
            services.add(service);
            if (probe.refused()) {
                refused.add(service);
            }
            techniques.merge(probe.probing(), 1L, Long::sum);
            answersSeen |= probe.seen();
        });
        sampled |= probes.sampled();
    }

    void seenBy(SensorCounts packets, long shift) {
        episode.seenBy(packets, shift);
    }

    void because(List<Reason> reasons, boolean withDecoys) {
        reasons.forEach(episode::becauseAtLeast);
        decoys |= withDecoys;
    }

    long wakeUp() {
        return episode.wakeUp();
    }

    /** Tells what is due; false where the incident is over now. */
    boolean tell(long second, Address target, Consumer<Finding> findings) {
        Finding.Stage stage = episode.due(second);
        if (stage == null) {
            return true;
        }
        long closed = refused.getLongCardinality();
        findings.accept(episode.draft(stage, DistributedScan.RULE, target, second)
                .techniques(techniques)
                .services(services)
                .outcomes(new Finding.Outcomes(0, closed, services.getLongCardinality() - closed))
                .targets(1, List.of(target))
                .sources(sources.size(), Collections.unmodifiableSortedSet(sources))
                .approximate(sampled)
                .answersSeen(answersSeen)
                .detail(new DistributedDetail(decoys))
                .finding());
        return stage != Finding.Stage.CLOSED;
    }

    void write(DataOutput out) throws IOException {
        episode.write(out);
        out.writeInt(sources.size());
        for (Address source : sources) {
            out.writeLong(source.high());
            out.writeLong(source.low());
        }
        services.serialize(out);
        refused.serialize(out);
        out.writeInt(techniques.size());
        for (Map.Entry<Probing, Long> technique : techniques.entrySet()) {
            out.writeInt(technique.getKey().code());
            out.writeLong(technique.getValue());
        }
        out.writeBoolean(decoys);
        out.writeBoolean(answersSeen);
        out.writeBoolean(sampled);
    }

    static DistributedIncident read(DataInput in) throws IOException {
        DistributedIncident incident = new DistributedIncident(Episode.read(in));
        for (int i = Stored.readSize(in, SOURCES, "sources"); i > 0; i--) {
            incident.sources.add(new Address(in.readLong(), in.readLong()));
        }
        Evidence.read(incident.services, in);
        Evidence.read(incident.refused, in);
        for (int i = Stored.readSize(in, Probing.values().length, "techniques"); i > 0; i--) {
            int code = in.readInt();
            if (!Probing.known(code)) {
                throw new IOException("no technique has number " + code);
            }
            incident.techniques.put(Probing.ofCode(code), in.readLong());
        }
        incident.decoys = in.readBoolean();
        incident.answersSeen = in.readBoolean();
        incident.sampled = in.readBoolean();
        return incident;
    }
}
