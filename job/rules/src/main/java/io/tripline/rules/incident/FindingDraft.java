package io.tripline.rules.incident;

import io.tripline.rules.incident.Finding.Outcomes;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.network.Service;
import io.tripline.rules.network.ServiceRanges;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** A finding while it is put together: begun by {@link Episode#draft} with times and counts, filled with what the rule knows. */
public final class FindingDraft {
    private static final int LISTED_SERVICES = 100;

    /** Hosts that a finding lists at most. */
    public static final int LISTED_HOSTS = 20;

    final String rule;
    final Stage stage;
    final Address actor;
    String scope = "";
    long firstSeen;
    long crossed;
    long lastSeen;
    public long changed;
    long clockShift;
    public long packets;
    public long bytes;
    public List<Long> frames = List.of();
    SortedMap<String, Long> sensors = new TreeMap<>();
    List<Reason> reasons = List.of();
    private SortedMap<Probing, Long> techniques = new TreeMap<>();
    private long services;
    private List<Integer> serviceSample = List.of();
    private String serviceRanges = "";
    private List<Integer> openServices = List.of();
    private Outcomes outcomes = new Outcomes(0, 0, 0);
    private long hosts;
    private List<Address> hostSample = List.of();
    private boolean approximate;
    private boolean answersSeen = true;
    private long sourceCount;
    private List<Address> sources = List.of();
    private Detail detail = Detail.NONE;

    FindingDraft(String rule, Stage stage, Address actor) {
        this.rule = rule;
        this.stage = stage;
        this.actor = actor;
    }

    /** Probes by technique. */
    public FindingDraft techniques(Map<Probing, Long> probes) {
        techniques = new TreeMap<>(probes);
        return this;
    }

    /** Services concerned (see {@link Service}). */
    public FindingDraft services(RoaringBitmap all) {
        services = all.getCardinality();
        List<Integer> sample = new ArrayList<>();
        all.stream().limit(LISTED_SERVICES).forEach(sample::add);
        serviceSample = List.copyOf(sample);
        serviceRanges = ServiceRanges.text(all);
        return this;
    }

    /** Services that answered, lowest first. */
    public FindingDraft openServices(Collection<Integer> open) {
        openServices = List.copyOf(open);
        return this;
    }

    /** What became of what was tried. */
    public FindingDraft outcomes(Outcomes of) {
        outcomes = of;
        return this;
    }

    /** Distinct targets and the lowest of them. */
    public FindingDraft targets(long count, Collection<Address> sample) {
        hosts = count;
        hostSample = sample.stream().limit(LISTED_HOSTS).toList();
        return this;
    }

    /** Distinct sources where there may be several, and some of them. */
    public FindingDraft sources(long count, Collection<Address> sample) {
        sourceCount = count;
        sources = sample.stream().limit(LISTED_HOSTS).toList();
        return this;
    }

    /** Whether counts are estimates. */
    public FindingDraft approximate(boolean estimated) {
        approximate = estimated;
        return this;
    }

    /** Whether the tap shows answers; true unless set. */
    public FindingDraft answersSeen(boolean seen) {
        answersSeen = seen;
        return this;
    }

    /** What this sort of rule adds. */
    public FindingDraft detail(Detail of) {
        detail = of;
        return this;
    }

    /** The finding. */
    public Finding finding() {
        return new Finding(
                rule,
                stage,
                actor,
                scope,
                firstSeen,
                crossed,
                lastSeen,
                changed,
                clockShift,
                techniques,
                services,
                serviceSample,
                serviceRanges,
                openServices,
                outcomes,
                hosts,
                hostSample,
                packets,
                bytes,
                frames,
                sensors,
                approximate,
                answersSeen,
                reasons,
                sourceCount,
                sources,
                detail);
    }
}
