package io.tripline.rules;

import io.tripline.rules.engine.Subject;
import io.tripline.rules.probe.distributedscan.DistributedScanRule;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.traffic.SegmentVolumes;
import io.tripline.rules.volume.VolumeOutlierRule;
import java.util.List;

/** All kinds of subject that rules are about, besides actors. */
public final class Subjects {
    /** Those whose parts come from the rules about actors. */
    public static final Subject<?, TargetProbes, ?> PROBED_TARGETS = DistributedScanRule.SUBJECT;

    /** Those whose parts come from the fold that counts all traffic. */
    public static final Subject<?, SegmentVolumes, ?> VOLUMES = VolumeOutlierRule.SUBJECT;

    /** In the order of the rules. */
    public static final List<Subject<?, ?, ?>> ALL = Rules.ALL.stream()
            .<Subject<?, ?, ?>>flatMap(rule -> rule.subjects().stream())
            .distinct()
            .toList();

    private Subjects() {}

    /** Those of which a rule is on; the others are not even folded. */
    public static List<Subject<?, ?, ?>> on(JobSettings settings) {
        return ALL.stream().filter(subject -> settings.isAnyOn(subject.uid())).toList();
    }
}
