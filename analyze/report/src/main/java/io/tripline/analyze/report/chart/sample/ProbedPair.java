package io.tripline.analyze.report.chart.sample;

import io.tripline.rules.incident.Probing;
import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import io.tripline.schemas.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one source tried at one target. At most {@link #PROBES} probes, and {@link #OPEN} open ports that are not among
 * them; 200 kB.
 */
final class ProbedPair {
    static final int PROBES = 2_048;
    private static final int OPEN = 256;

    private final long hash;
    private final long sourceHigh;
    private final long sourceLow;
    private final long targetHigh;
    private final long targetLow;
    private final DistinctSample<Probe> probes = new DistinctSample<>(PROBES);
    private @Nullable DistinctSample<Probe> furtherOpen;

    /**
     * Nothing tried yet.
     *
     * @param hash of the four
     */
    ProbedPair(long hash, long sourceHigh, long sourceLow, long targetHigh, long targetLow) {
        this.hash = hash;
        this.sourceHigh = sourceHigh;
        this.sourceLow = sourceLow;
        this.targetHigh = targetHigh;
        this.targetLow = targetLow;
    }

    boolean is(long fromHigh, long fromLow, long toHigh, long toLow) {
        return sourceLow == fromLow && targetLow == toLow && sourceHigh == fromHigh && targetHigh == toHigh;
    }

    long hash() {
        return hash;
    }

    Address source() {
        return new Address(sourceHigh, sourceLow);
    }

    Address target() {
        return new Address(targetHigh, targetLow);
    }

    void probe(int protocol, int port, Probing probing, long time, boolean answersVisible) {
        long key = key(protocol, port, probing);
        if (probes.takes(key) && probes.get(key) == null) {
            probes.put(key, new Probe(protocol, port, probing, time, answersVisible));
        }
    }

    /**
     * Notes an answer to such probes; to a SYN it is one to a connect, too. An open port is noted in any case, at the
     * time of its answer.
     */
    void answer(int protocol, int port, Probing probing, long time, Outcome outcome) {
        long key = key(protocol, port, probing);
        Probe probe = probes.get(key);
        Probe connect = probing == Probing.SYN ? probes.get(key(protocol, port, Probing.CONNECT)) : null;
        if (probe == null && connect == null && outcome == Outcome.OPEN && probes.sampled()) {
            probe = furtherOpen(key, protocol, port, probing, time);
        }
        if (probe != null) {
            probe.answer(outcome);
        }
        if (connect != null) {
            connect.answer(outcome);
        }
    }

    private @Nullable Probe furtherOpen(long key, int protocol, int port, Probing probing, long time) {
        DistinctSample<Probe> open = furtherOpen;
        if (open == null) {
            open = new DistinctSample<>(OPEN);
            furtherOpen = open;
        }
        Probe probe = open.get(key);
        if (probe == null && open.takes(key)) {
            probe = new Probe(protocol, port, probing, time, true);
            open.put(key, probe);
        }
        return probe;
    }

    private static long key(int protocol, int port, Probing probing) {
        return Hash.spread((long) probing.code() << 32 | (long) protocol << 16 | port);
    }

    /** Different ports and techniques tried; an estimate where they are sampled. */
    long distinct() {
        return probes.distinct();
    }

    boolean sampled() {
        return probes.sampled();
    }

    /** In no particular order. */
    List<Probe> probes() {
        List<Probe> all = new ArrayList<>(probes.things());
        if (furtherOpen != null) {
            all.addAll(furtherOpen.things());
        }
        return all;
    }
}
