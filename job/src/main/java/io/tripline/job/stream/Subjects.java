package io.tripline.job.stream;

import io.tripline.job.activity.Fold;
import io.tripline.job.activity.TargetProbes;
import io.tripline.job.detect.DistributedScan;
import io.tripline.schemas.Address;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** All kinds of subject that rules are about, besides actors. */
final class Subjects {
    static final List<Subject<?, ?, ?>> ALL = List.of(InflowTypes.TARGETS, NeighbourTypes.SEGMENTS);

    /** Targets that sources try in vain; their parts come from the rules about actors, who know what became of a probe. */
    static final Subject<Address, TargetProbes, DistributedScan.State> TARGETS = new Subject<>(
            "target-scan-rules",
            "rules about scanned targets",
            Types.ADDRESS,
            TargetTypes.STATE,
            new OutputTag<>("target-probes", TargetTypes.PROBES),
            parts -> Fold.NONE,
            () -> new DistributedScan(DistributedScan.Settings.DEFAULT));

    private Subjects() {}
}
