package io.tripline.analyze.report.chart.sample;

import io.tripline.schemas.Address;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Technique;
import java.util.ArrayList;
import java.util.List;

/** What one source tried at one target. At most {@link #PROBES} probes, and {@link #OPEN} open ports that are not among them; 200 kB. */
final class ProbedPair {
    static final int PROBES = 2_048;
    private static final int OPEN = 256;

    private final long hash;
    private final long sourceHigh;
    private final long sourceLow;
    private final long targetHigh;
    private final long targetLow;
    private final DistinctSample<Probe> probes = new DistinctSample<>(PROBES);
    private final DistinctSample<Probe> furtherOpen = new DistinctSample<>(OPEN);

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

    void probe(int protocol, int port, Technique technique, boolean fromStack, long time, boolean answersVisible) {
        long key = key(protocol, port, technique, fromStack);
        if (probes.takes(key) && probes.get(key) == null) {
            probes.put(key, new Probe(protocol, port, technique, fromStack, time, answersVisible));
        }
    }

    /** Notes an answer to such probes; an open port is noted in any case, at the time of its answer. */
    void answer(int protocol, int port, Technique technique, long time, Outcome outcome) {
        long key = key(protocol, port, technique, false);
        Probe probe = probes.get(key);
        Probe byStack = technique == Technique.SYN ? probes.get(key(protocol, port, technique, true)) : null;
        if (probe == null && byStack == null && outcome == Outcome.OPEN && probes.sampled()) {
            probe = furtherOpen.get(key);
            if (probe == null && furtherOpen.takes(key)) {
                probe = new Probe(protocol, port, technique, false, time, true);
                furtherOpen.put(key, probe);
            }
        }
        if (probe != null) {
            probe.answer(outcome);
        }
        if (byStack != null) {
            byStack.answer(outcome);
        }
    }

    private static long key(int protocol, int port, Technique technique, boolean fromStack) {
        long kind = technique.ordinal() << 1 | (fromStack ? 1 : 0);
        return DistinctSample.mix(kind << 32 | (long) protocol << 16 | port);
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
        all.addAll(furtherOpen.things());
        return all;
    }
}
