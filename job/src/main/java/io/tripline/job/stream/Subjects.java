package io.tripline.job.stream;

import io.tripline.job.activity.Fold;
import io.tripline.job.activity.SegmentVolumes;
import io.tripline.job.activity.SensorFold;
import io.tripline.job.activity.TargetProbes;
import io.tripline.job.detect.DistributedScan;
import io.tripline.job.detect.SensorHealth;
import io.tripline.job.detect.VolumeOutlier;
import io.tripline.job.detect.VolumeState;
import io.tripline.schemas.Address;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** All kinds of subject that rules are about, besides actors. */
final class Subjects {
    /** Targets that sources try in vain; their parts come from the rules about actors, who know what became of a probe. */
    static final Subject<Address, TargetProbes, DistributedScan.State> TARGETS = new Subject<>(
            "target-scan-rules",
            "rules about scanned targets",
            Types.ADDRESS,
            TargetTypes.STATE,
            new OutputTag<>("target-probes", TargetTypes.PROBES),
            parts -> Fold.NONE,
            () -> new DistributedScan(DistributedScan.Settings.DEFAULT));

    /** Network segments. Their parts come from the fold that counts all traffic, so that no packet is counted twice. */
    static final Subject<String, SegmentVolumes, VolumeState> SEGMENT = new Subject<>(
            "volume-rules",
            "rules about volume",
            SegmentTypes.NAME,
            SegmentTypes.STATE,
            new OutputTag<>("segment-seconds", SegmentTypes.SECOND),
            parts -> Fold.NONE,
            () -> new VolumeOutlier(VolumeOutlier.Settings.DEFAULT));

    static final List<Subject<?, ?, ?>> ALL = List.of(
            InflowTypes.TARGETS,
            NeighbourTypes.SEGMENTS,
            TunnelTypes.ECHO_PAIRS,
            TunnelTypes.CLIENT_DOMAINS,
            SEGMENT,
            new Subject<>(
                    "sensor-rules",
                    "rules about sensors",
                    SegmentTypes.NAME,
                    SensorTypes.STATE,
                    new OutputTag<>("sensor-seconds", SensorTypes.SECOND),
                    SensorFold::new,
                    () -> new SensorHealth(SensorHealth.Settings.DEFAULT)));

    private Subjects() {}
}
