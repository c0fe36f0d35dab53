package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.network.Service;
import io.tripline.rules.probe.distributedscan.SourceProbes.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a group of sources divides the services of a target among itself. */
final class SharedProbes {
    /** nmap sends the packets of its decoys for one port one after another; microseconds. */
    private static final long INSTANT = 100_000;

    /** Fewer services a source than this are few. */
    private static final int FEW = 4;

    /** Most services that people run have a port below it; of ports at random one in six has. */
    private static final int ORDINARY_PORT = 10_000;

    private final int sources;
    private final int services;
    private final int failed;
    private final int pairs;
    private final int simultaneous;
    private final int ordinary;

    /**
     * Looks at a group.
     *
     * @param together so many sources at one service at the same instant at least
     */
    SharedProbes(Collection<SourceProbes> group, int together) {
        SortedMap<Integer, List<Probe>> byService = new TreeMap<>();
        int all = 0;
        for (SourceProbes source : group) {
            for (var entry : source.services().entrySet()) {
                byService
                        .computeIfAbsent(entry.getKey(), service -> new ArrayList<>())
                        .add(entry.getValue());
                all++;
            }
        }
        sources = group.size();
        services = byService.size();
        pairs = all;
        failed = (int) byService.values().stream()
                .filter(probes -> probes.stream().anyMatch(Probe::seen))
                .count();
        simultaneous = (int) byService.values().stream()
                .filter(probes -> atOnce(probes, together))
                .count();
        ordinary = (int) byService.keySet().stream()
                .filter(service -> Service.port(service) < ORDINARY_PORT)
                .count();
    }

    private static boolean atOnce(List<Probe> probes, int together) {
        if (probes.size() < together) {
            return false;
        }
        List<Long> times = new ArrayList<>(probes.stream().map(Probe::first).toList());
        Collections.sort(times);
        for (int i = together - 1; i < times.size(); i++) {
            if (times.get(i) - times.get(i - together + 1) <= INSTANT) {
                return true;
            }
        }
        return false;
    }

    /** Distinct services. */
    int services() {
        return services;
    }

    /** Those of them that certainly failed. */
    int failed() {
        return failed;
    }

    /** Services that enough sources tried at the same instant. */
    int simultaneous() {
        return simultaneous;
    }

    /** Whether most services were tried by one source only. */
    boolean littleOverlap() {
        return services * 3 >= pairs * 2;
    }

    /** Whether each source tried a few only. */
    boolean thin() {
        return pairs < sources * FEW;
    }

    /** Whether a third or more of the services have ports as services have. */
    boolean ordinaryPorts() {
        return ordinary * 3 >= services;
    }
}
