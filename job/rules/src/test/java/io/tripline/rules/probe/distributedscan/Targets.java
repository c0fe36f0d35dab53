package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Plays what actors tried in vain to the rules about targets, without any engine. */
public final class Targets {
    private final SortedMap<Address, SubjectState<TargetProbes, DistributedScan.State>> states = new TreeMap<>();
    private final DistributedScan rule = new DistributedScan(DistributedScan.Settings.DEFAULT);

    public void add(TargetProbes probes) {
        states.computeIfAbsent(probes.subject(), target -> new SubjectState<>()).add(probes);
    }

    public void complete(Consumer<Finding> findings) {
        states.forEach((target, state) -> {
            while (!state.isIdle()) {
                state.complete(state.next(), target, rule, findings);
            }
        });
    }
}
