package io.tripline.job.detect;

import io.tripline.job.activity.TargetProbes;
import io.tripline.schemas.Address;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Plays what actors tried in vain to the rules about targets, without any engine. */
final class Targets {
    private final SortedMap<Address, SubjectState<TargetProbes, DistributedScan.State>> states = new TreeMap<>();
    private final DistributedScan rule = new DistributedScan(DistributedScan.Settings.DEFAULT);

    void add(TargetProbes probes) {
        states.computeIfAbsent(probes.subject(), target -> new SubjectState<>()).add(probes);
    }

    void complete(Consumer<Finding> findings) {
        states.forEach((target, state) -> {
            while (!state.isIdle()) {
                state.complete(state.next(), target, rule, findings);
            }
        });
    }
}
